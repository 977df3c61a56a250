import { slowCardDelay } from '../cards.js';
import { delay } from '../faults.js';
import { asObject, asText, refuseUnless, json, type Json } from '../http.js';
import { requireBearer } from '../tokens.js';
import type { PayrocBehaviour, NumberDetails } from './cards.js';
import { createRandomHex } from './gateway.js';
import { requireTerminal, type Call, type SingleUse } from './account.js';

/** `POST /v1/payments`. A processed payment may still be declined: `transactionResult` has the result. */
export async function payByCard(call: Call): Promise<Response> {
  const order = requireOrder(call);
  refuseUnless(['pos', 'web', 'moto'].includes(asText(call.body.channel)), 400, '`channel` should be pos, web or moto.');
  const { details } = spendSingleUseToken(call, call.body.paymentMethod, false);
  refuseUnless(details.behaviour !== 'unsupported', 400, 'The terminal does not accept this card type.', 'card-type-not-supported');
  if (details.behaviour === 'slow') await delay(slowCardDelay);
  return createSale(call, order, details, { card: { type: 'Visa', entryMethod: 'keyed', cardNumber: details.maskedNumber } });
}

/** `POST /v1/bank-transfer-payments`, for ACH and PAD. */
export function payByBank(call: Call): Response {
  const order = requireOrder(call);
  const method = asObject(call.body.paymentMethod);
  refuseUnless(call.body.channel === undefined, 400, '`channel` is not one of its fields.');
  refuseUnless(
    ['web', 'tel', 'ccd', 'ppd', undefined].includes(method?.secCode as string),
    400,
    '`secCode` should be web, tel, ccd or ppd.',
  );
  const { details } = spendSingleUseToken(call, method, true);
  return createSale(call, order, details, { bankAccount: { type: method?.secCode ? 'ach' : 'pad', accountNumber: details.maskedNumber } });
}

/** `POST /v1/processing-terminals/{id}/secure-tokens`. */
export function saveToken(call: Call): Response {
  requireBearer(call);
  requireTerminal(call, call.path[0]);
  const { details } = spendSingleUseToken(call, call.body.source);
  return storeToken(call, asText(call.body.secureTokenId) || `MREF_${createRandomHex(16)}`, details, 201);
}

/** `POST /v1/processing-terminals/{id}/secure-tokens/{secureTokenId}/update-account`. */
export function updateToken(call: Call): Response {
  const [terminal, name = ''] = call.path;
  requireBearer(call);
  requireTerminal(call, terminal);
  refuseUnless(call.account.saved.has(name), 404, 'There is no such secure token.');
  const { details } = spendSingleUseToken(call, call.body);
  return storeToken(call, name, details, 200);
}

function storeToken({ account }: Call, secureTokenId: string, { behaviour, maskedNumber }: NumberDetails, status: number): Response {
  const token = `296753${Math.floor(Math.random() * 1e12)}`;
  account.saved.set(secureTokenId, token);
  const { processingTerminalId } = account.settings;
  const checked = behaviour === 'declined' ? 'validationFailed' : 'cvvValidated';
  return json({ secureTokenId, processingTerminalId, source: { type: 'card', cardNumber: maskedNumber }, token, status: checked }, status);
}

interface SoldOrder extends Json {
  readonly amount: number;
  readonly currency: string;
}

function requireOrder(call: Call): SoldOrder {
  requireBearer(call);
  requireTerminal(call, call.body.processingTerminalId);
  const order = asObject(call.body.order) ?? {};
  refuseUnless(asText(order.orderId), 400, '`order.orderId` is missing.');
  refuseUnless(Number.isInteger(order.amount), 400, '`order.amount` should be minor units.');
  refuseUnless(/^[A-Z]{3}$/.test(asText(order.currency)), 400, '`order.currency` should be three capital letters.');
  return order as SoldOrder;
}

/** @throws {Refusal} 400 for a token that is unknown, spent or expired; the real response is not published */
function spendSingleUseToken({ account }: Call, method: unknown, isBank?: boolean): SingleUse {
  const { type, token } = asObject(method) ?? {};
  refuseUnless(type === 'singleUseToken', 400, 'The type should be singleUseToken.');
  const known = account.singleUse.get(asText(token));
  refuseUnless(
    known && !known.used && account.settings.now() < known.expiresAtMs,
    400,
    'The single-use token is unknown, used or expired.',
  );
  refuseUnless(isBank === undefined || isBank === known.isBank, 400, 'The single-use token is for another kind of payment.');
  known.used = true;
  return known;
}

const results: Readonly<Record<PayrocBehaviour, readonly [status: string, responseCode: string, message: string]>> = {
  approved: ['ready', 'A', 'Approved'],
  surcharge: ['ready', 'A', 'Approved'],
  slow: ['ready', 'A', 'Approved'],
  partial: ['ready', 'P', 'Partially approved'],
  declined: ['declined', 'D', 'Declined'],
  pending: ['pending', 'E', 'Received'],
  unknown: ['held', 'A', 'Held for review'],
  referral: ['referral', 'R', 'Call your bank'],
  unsupported: ['declined', 'D', 'Declined'],
};

function createSale(call: Call, order: SoldOrder, details: NumberDetails, method: Json): Response {
  const { account } = call;
  const { processingTerminalId, now } = account.settings;
  const dateTime = new Date(now()).toISOString();
  const paymentId = createRandomHex(5).toUpperCase();
  const transactionResult = describeResult(call, order, details);
  const sold = { paymentId, processingTerminalId, order: { ...order, dateTime }, ...method, transactionResult, refunds: [] };
  account.sales.unshift(sold);
  return json(sold, 201);
}

/** Describes what came of a sale. A hold stays `pending` until it is captured: no document shows the status of one. */
function describeResult({ body }: Call, { amount, currency }: SoldOrder, { behaviour }: NumberDetails): Json {
  const isHold = body.autoCapture === false && body.processAsSale !== true;
  const [status, responseCode, responseMessage] = results[behaviour];
  const authorizedAmount = { A: amount, P: Math.floor(amount / 2) }[responseCode] ?? 0;
  return {
    type: isHold ? 'preAuthorization' : 'sale',
    status: isHold && status === 'ready' ? 'pending' : status,
    authorizedAmount,
    currency,
    responseCode,
    responseMessage,
    ...(authorizedAmount > 0 && { approvalCode: createRandomHex(3).toUpperCase() }),
  };
}
