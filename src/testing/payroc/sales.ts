import { slowCardDelay } from '../cards.js';
import { delay } from '../faults.js';
import { asObject, asText, json, refuseUnless, type Json } from '../http.js';
import { requireBearer } from '../tokens.js';
import { requireTerminal, type Call, type Sale, type SingleUse } from './account.js';
import type { PayrocBehaviour } from './cards.js';
import { createRandomHex } from './gateway.js';
import { createTokenId, findSavedSource, storeToken } from './secure-tokens.js';
import { describeSale } from './supported-operations.js';
import { spendSingleUseToken } from './single-use-tokens.js';

/** `POST /v1/payments`. A processed payment may still be declined: `transactionResult` has the result. */
export async function payByCard(call: Call): Promise<Response> {
  const order = requireOrder(call);
  const { body } = call;
  refuseUnless(['pos', 'web', 'moto'].includes(asText(body.channel)), 400, '`channel` should be pos, web or moto.');
  const single = takeSource(call, body.paymentMethod, false);
  refuseUnless(single.details.behaviour !== 'unsupported', 400, 'The terminal does not accept this card type.', 'card-type-not-supported');
  if (single.details.behaviour === 'slow') await delay(slowCardDelay);
  const type = body.autoCapture === false && body.processAsSale !== true ? 'preAuthorization' : 'sale';
  return createSale(call, { order, type, single, method: { card: describeCard(call, single) } });
}

function describeCard(call: Call, single: SingleUse): Json {
  return { type: 'Visa', entryMethod: 'keyed', cardNumber: single.details.maskedNumber, ...saveWithSale(call, single) };
}

function saveWithSale({ account, body }: Call, single: SingleUse): Json {
  const { tokenize, secureTokenId } = asObject(body.credentialOnFile) ?? {};
  return tokenize === true ? { secureToken: storeToken(account, createTokenId(secureTokenId), single) } : {};
}

/** Takes the card or account of a sale: a single-use token, or a saved one. */
function takeSource(call: Call, method: unknown, isBank: boolean): SingleUse {
  const { type, token } = asObject(method) ?? {};
  return type === 'secureToken' ? findSavedSource(call, token, isBank) : spendSingleUseToken(call, method, isBank);
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
  const single = takeSource(call, method, true);
  const bankAccount = {
    type: method?.secCode ? 'ach' : 'pad',
    accountNumber: single.details.maskedNumber,
    ...saveWithSale(call, single),
  };
  return createSale(call, { order, type: 'payment', single, method: { bankAccount } });
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
  refuseUnless(asText(order.orderId).length <= 24, 400, '`order.orderId` should have at most 24 characters.');
  refuseUnless(Number.isInteger(order.amount), 400, '`order.amount` should be minor units.');
  refuseUnless(/^[A-Z]{3}$/.test(asText(order.currency)), 400, '`order.currency` should be three capital letters.');
  return order as SoldOrder;
}

const results: Readonly<Record<PayrocBehaviour, readonly [status: string, responseCode: string, message: string]>> = {
  approved: ['ready', 'A', 'Approved'],
  surcharge: ['ready', 'A', 'Approved'],
  slow: ['ready', 'A', 'Approved'],
  partial: ['ready', 'P', 'Partially approved'],
  declined: ['declined', 'D', 'Declined'],
  pending: ['pending', 'E', 'Received'],
  declinedLater: ['pending', 'E', 'Received'],
  referral: ['referral', 'R', 'Call your bank'],
  // A status that Payroc does not document.
  unknown: ['held', 'A', 'Held'],
  unsupported: ['declined', 'D', 'Declined'],
};

interface NewSale {
  readonly order: SoldOrder;
  readonly type: string;
  readonly single: SingleUse;
  readonly method: Json;
}

function createSale({ account }: Call, { order, type, single, method }: NewSale): Response {
  const { behaviour } = single.details;
  const [approvedStatus, responseCode, responseMessage] = results[behaviour];
  // A hold waits for its capture.
  const status = type === 'preAuthorization' && approvedStatus === 'ready' ? 'pending' : approvedStatus;
  const authorizedAmount = { A: order.amount, P: Math.floor(order.amount / 2) }[responseCode] ?? 0;
  const approvalCode = responseCode === 'A' || responseCode === 'P' ? createApproval(type) : {};
  const transactionResult = {
    type,
    status,
    ...approvalCode,
    authorizedAmount,
    currency: order.currency,
    responseCode,
    responseMessage,
  };
  const { processingTerminalId, now } = account.settings;
  const paymentId = createRandomHex(5).toUpperCase();
  const dateTime = new Date(now()).toISOString();
  const sold: Sale = { paymentId, processingTerminalId, order: { ...order, dateTime }, ...method, refunds: [], transactionResult };
  account.sales.unshift(sold);
  if (behaviour === 'declinedLater') account.declining.add(paymentId);
  return json(describeSale(sold), 201);
}

/** The scheme's reference is for later charges of the card. A bank transfer has none. */
function createApproval(type: string): Json {
  const approvalCode = createRandomHex(3).toUpperCase();
  return type === 'payment' ? { approvalCode } : { approvalCode, cardSchemeReferenceId: createRandomHex(8).toUpperCase() };
}
