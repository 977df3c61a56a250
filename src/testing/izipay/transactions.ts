import { asObject, asText, refuseUnless, type Json } from '../http.js';
import type { Account, Call, Charge, TokenBinding } from './account.js';

/** The paths of the sandbox guide 2.5. */
export const transactionPaths = {
  search: '/orderinfo/v1/Transaction/Search',
  cancel: '/cancel/api/Transaction/Cancel',
  deposit: '/capture/v1/Transaction/Deposit',
};

/** Milliseconds from Lima's clock to UTC. */
const limaOffset = 5 * 3_600_000;

/**
 * `POST /orderinfo/v1/Transaction/Search`: one result as an object, and several as a list, newest first. No document says how an annulled,
 * captured or refunded payment reads, so it reads as before. Answers and codes of refusals are ours.
 */
export function searchOrder(call: Call): Json {
  const { orderNumber } = requireToken(call, call.body.numberOrden);
  const own = [...call.account.sessions.values()].filter((session) => session.orderNumber === orderNumber);
  const results = own.flatMap((session) => session.results.map((result) => asObject(result.response) as Json)).reverse();
  const [newest] = results;
  if (!newest) return { code: '01', message: 'No se encontró la orden', response: {} };
  const orders = results.flatMap(({ order }) => order as Json[]);
  return { code: '00', message: 'OK', response: { order: orders.length === 1 ? orders[0] : orders, card: newest.card } };
}

/** `POST /cancel/api/Transaction/Cancel`: the whole amount, on the day of the payment in Lima, before it is settled. */
export function cancelCharge(call: Call): Json {
  return changeCharge(call, (charge) => {
    const isSameDay = toLimaDay(charge.paidAtMs) === toLimaDay(call.account.settings.now());
    const isUntouched = !charge.isCancelled && !charge.isSettled && !charge.isCaptured && !charge.isDisputed && charge.refunded === 0;
    if (!isSameDay || !isUntouched) return undefined;
    charge.isCancelled = true;
    return { uniqueIdCancel: `${charge.uniqueId}9`, authorizationCodeCancel: charge.codeAuth, messageFriendly: 'Anulación exitosa' };
  });
}

/** `POST /capture/v1/Transaction/Deposit`: a hold, once. */
export function depositHold(call: Call): Json {
  const { datetimeTerminalTransaction } = asObject(call.body.order) ?? {};
  refuseUnless(asText(datetimeTerminalTransaction).length >= 10, 400, '`order.datetimeTerminalTransaction` is missing.');
  return changeCharge(call, (charge) => {
    if (!charge.isHold || charge.isCaptured || charge.isCancelled) return undefined;
    charge.isCaptured = true;
    const { uniqueId, codeAuth: authorizationCode } = charge;
    return { uniqueId: `${uniqueId}8`, authorizationCode, batchNumber: '12', messageFriendly: 'Depósito exitoso' };
  });
}

/** Changes the payment that a call names. With the fault `lost`, the answer is lost afterwards. */
function changeCharge(call: Call, change: (charge: Charge) => Json | undefined): Json {
  const order = asObject(call.body.order) ?? {};
  requireToken(call, order.orderNumber);
  requireOrder(order);
  const charge = call.account.charges.find((one) => isNamed(one, order));
  const refusal = { code: 'T05', message: 'Operación no permitida', response: {} };
  const result = charge && call.fault !== 'refused' ? change(charge) : undefined;
  if (!result) return refusal;
  if (call.fault === 'lost') throw new TypeError('Failed to fetch');
  return { code: '00', message: 'OK', header: { millis: 7 }, response: { result } };
}

/**
 * Requires a session token for this order number, with the `transactionId` to which it is bound as the header. Unlike the form, these calls
 * do not spend it.
 */
function requireToken({ account, request, body }: Call, orderNumber: unknown): TokenBinding {
  const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  const bound = account.tokens.get(token);
  refuseUnless(bound && account.settings.now() < bound.expiresAtMs, 401, 'The session token is missing, malformed or expired.');
  refuseUnless(request.headers.get('transactionid') === bound.transactionId, 401, 'The session token belongs to another transactionId.');
  refuseUnless(body.merchantCode === bound.merchantCode, 401, 'The session token belongs to another merchant.');
  refuseUnless(orderNumber === bound.orderNumber, 401, 'The session token belongs to another order number.');
  requireOriginal(account, bound);
  refuseUnless(body.language === 'ESP' || body.language === 'ENG', 400, '`language` should be ESP or ENG.');
  return bound;
}

/** A token for another amount or `transactionId` than the payment's opens nothing. An order number without a form has no payment. */
function requireOriginal({ sessions }: Account, { orderNumber, amount, transactionId }: TokenBinding): void {
  const own = [...sessions.values()].filter((session) => session.orderNumber === orderNumber);
  const isOriginal = own.some((session) => session.amount === amount && session.transactionId === transactionId);
  refuseUnless(isOriginal || own.length === 0, 401, 'The session token is for another payment of this order number.');
}

/** The lengths that three merchants' code shows. */
function requireOrder(order: Json): void {
  const limits = { currency: [3, 3], amount: [4, 13], payMethod: [2, 20], uniqueId: [1, 40], authorizationCode: [1, 10] };
  for (const [name, [min = 0, max = 0]] of Object.entries({ ...limits, transactionDatetime: [10, 40] })) {
    const { length } = asText(order[name]);
    refuseUnless(length >= min && length <= max, 400, `\`order.${name}\` should have ${min} to ${max} characters.`);
  }
  refuseUnless(order.channel === 'ecommerce', 400, '`order.channel` should be ecommerce.');
}

function isNamed({ orderNumber, amount, currency, uniqueId, codeAuth }: Charge, order: Json): boolean {
  const isSame = order.orderNumber === orderNumber && order.amount === amount && order.currency === currency;
  return isSame && order.uniqueId === uniqueId && order.authorizationCode === codeAuth;
}

function toLimaDay(moment: number): string {
  return new Date(moment - limaOffset).toISOString().slice(0, 10);
}
