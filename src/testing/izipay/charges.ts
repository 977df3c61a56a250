import { findBehaviour, extractDigits, maskNumber, slowCardDelay } from '../cards.js';
import { delay } from '../faults.js';
import { asObject, asText, refuseUnless, type Json } from '../http.js';
import { izipayCards, type IzipayBehaviour } from './cards.js';
import { createNumber, type Account, type Call, type Session, type TokenBinding } from './account.js';
import { describeSavedCard, findSavedCard, saveCard } from './saved-cards.js';
import { spendToken } from './tokens.js';

/** Opens a form. Spends the token, which must belong to the payment in the page's config. Path, body and code are ours. */
export function openSession({ account, body }: Call): Json {
  const bound = spendToken(account, asText(body.authorization));
  const config = asObject(body.config) ?? {};
  const order = asObject(config.order) ?? {};
  const given = { ...config, ...order };
  const isSame =
    bound && (['transactionId', 'merchantCode', 'orderNumber', 'amount'] as const).every((key) => Reflect.get(given, key) === bound[key]);
  if (!bound || !isSame) return { code: 'A02', message: 'Token inválido', messageUser: 'La sesión no es válida.' };
  const session = createSession(bound, config, order);
  const card = findSavedCard(account, session);
  if (session.action === 'pay_token' && !card)
    return { code: 'A03', message: 'Token de tarjeta inválido', messageUser: 'La tarjeta no es válida.' };
  const id = crypto.randomUUID();
  account.sessions.set(id, session);
  const { amount, currency } = session;
  return { code: '00', message: 'OK', response: { session: id, amount, currency, ...(card && { savedCard: describeSavedCard(card) }) } };
}

function createSession({ transactionId, merchantCode, orderNumber, amount }: TokenBinding, config: Json, order: Json): Session {
  return {
    ...{ transactionId, merchantCode, orderNumber, amount },
    ...{ currency: asText(order.currency) || 'PEN', merchantBuyerId: asText(order.merchantBuyerId), urlIPN: asText(config.urlIPN) },
    ...{ action: asText(config.action), processType: asText(order.processType), cardToken: asText(asObject(config.token)?.cardToken) },
    ...{ isPaid: false, results: [], resultAtMs: 0 },
  };
}

/** Charges the shopper's card. Path and body are ours; the response is the library's report (documentation, "Validación de firma"). */
export async function chargeCard(call: Call): Promise<Json> {
  const { account, body, request, fault } = call;
  const session = account.sessions.get(asText(body.session));
  refuseUnless(session, 401, 'There is no such form.');
  // The shopper types no number for a saved card.
  const pan = findSavedCard(account, session)?.pan ?? asText(asObject(body.card)?.pan);
  const behaviour = findBehaviour(izipayCards, pan);
  if (behaviour === 'slow') await delay(slowCardDelay, request.signal);
  if (behaviour === 'undecided') return { code: 'COMMUNICATION_ERROR', message: '<html>504 Gateway Time-out</html>' };
  if (behaviour === 'inactive') return { code: '', message: '', event: 'IZIPAY_EVENT_INACTIVITY' };
  const result = createResult(account, session, pan, session.isPaid ? 'declined' : behaviour);
  if (result.code === '00') recordCharge(account, session, result);
  const payloadHttp = JSON.stringify(result);
  const signature = await sign(payloadHttp, account.faults.hashKey ?? account.settings.hashKey);
  const signed = { ...result, payloadHttp, signature };
  session.results.push(signed);
  session.resultAtMs = account.settings.now();
  if (fault === 'lost') throw new TypeError('Failed to fetch');
  return signed;
}

/**
 * Creates the notifications that Izipay posts to the page's `urlIPN` (documentation, "Notificaciones").
 *
 * @param target replaces the `urlIPN`
 * @throws {Error} if the page had no `urlIPN`
 */
export function createNotifications({ sessions }: Account, orderNumber: string, target?: string): Request[] {
  const own = [...sessions.values()].filter((session) => session.orderNumber === orderNumber);
  return own.flatMap(({ transactionId, urlIPN, results }) => {
    const headers = { 'Content-Type': 'application/json', transactionId };
    return results.map((result) => new Request(chooseUrl(urlIPN, target), { method: 'POST', headers, body: JSON.stringify(result) }));
  });
}

const missingAddress =
  'Izipay sends no notification of this payment, because its token has no address for it. Set `notificationUrl` in `izipay()`, or PAY_PUBLIC_URL for `pay-checkout serve`. Then pay again.';

function chooseUrl(urlIPN: string, target = urlIPN): string {
  if (!urlIPN) throw new Error(missingAddress);
  const url = new URL(target);
  url.search ||= new URL(urlIPN).search;
  return url.href;
}

function recordCharge({ charges, settings }: Account, session: Session, { response }: Json): void {
  session.isPaid = true;
  const [order = {}] = asObject(response)?.order as [Json?];
  const { orderNumber, amount, currency } = session;
  if (session.action === 'register') return;
  charges.push({
    ...{ orderNumber, amount, currency, uniqueId: asText(order.uniqueId), codeAuth: asText(order.codeAuth), paidAtMs: settings.now() },
    ...{ isHold: session.processType === 'PA', isCaptured: false, isCancelled: false, isSettled: false, isDisputed: false, refunded: 0 },
  });
}

/** A pre-authorisation (`processType` `PA`) has the same answer as a charge, as far as documented. */
function createResult(account: Account, session: Session, pan: string, behaviour: IzipayBehaviour): Json {
  const { transactionId, merchantCode, merchantBuyerId, action } = session;
  const isApproved = behaviour === 'approved' || behaviour === 'slow' || behaviour === 'unknown';
  const isStored = isApproved && (action === 'register' || action === 'pay_register');
  return {
    code: isApproved ? '00' : behaviour === 'invalid' ? 'T14' : 'T05',
    message: isApproved ? 'OK' : 'Denegado',
    messageUser: isApproved ? 'Operación exitosa' : 'No se pudo aprobar el pago.',
    messageUserEng: isApproved ? 'Successful' : 'The payment was not approved.',
    transactionId,
    response: {
      payMethod: 'CARD',
      order: [describeOrder(session, isApproved, behaviour, account.settings.now())],
      card: { brand: { 3: 'AE', 4: 'VS', 5: 'MC' }[pan.charAt(0)] ?? '', pan: maskNumber(extractDigits(pan)), save: String(isStored) },
      billing: {},
      merchant: { merchantCode, facilitatorCode: '' },
      token: { merchantBuyerId, cardToken: isStored ? saveCard(account, session, pan) : '', alias: '' },
      authentication: { result: '' },
      customFields: [],
    },
  };
}

/** A card that is only registered has none of the numbers of a charge (documentation, `register`). */
function describeOrder(session: Session, isApproved: boolean, behaviour: IzipayBehaviour, now: number): Json {
  const { orderNumber, amount, currency, action } = session;
  const uniqueId = action === 'register' ? '' : createNumber(20);
  return {
    payMethodAuthorization: 'CARD',
    codeAuth: isApproved ? uniqueId.slice(-6) : '',
    ...{ currency, amount, installment: action === 'register' ? '' : '00', deferred: '0', orderNumber },
    stateMessage: behaviour === 'unknown' ? 'Observado' : isApproved ? 'Autorizado' : 'Denegado',
    ...describeTime(now),
    uniqueId,
    referenceNumber: uniqueId.slice(0, 12),
  };
}

/** Writes the time of Lima, which is five hours behind UTC all year. */
function describeTime(now: number): Json {
  const [date = '', time = ''] = new Date(now - 5 * 3_600_000).toISOString().split(/[T.]/);
  return { dateTransaction: date.replaceAll('-', ''), timeTransaction: time.replaceAll(':', '') };
}

/** Signs a text with HMAC-SHA256, as base64 (documentation, "Validación de firma"). */
async function sign(text: string, key: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign']);
  const mac = new Uint8Array(await crypto.subtle.sign(algorithm, imported, encoder.encode(text)));
  return btoa(String.fromCharCode(...mac));
}
