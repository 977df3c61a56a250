import { findBehaviour, extractDigits, maskNumber, slowCardDelay } from '../cards.js';
import { delay } from '../faults.js';
import { asObject, asText, refuseUnless, type Json } from '../http.js';
import { izipayCards, type IzipayBehaviour } from './cards.js';
import type { Call, Account, Session } from './account.js';
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
  const id = crypto.randomUUID();
  const currency = asText(order.currency) || 'PEN';
  const { transactionId, merchantCode, orderNumber, amount } = bound;
  const session = { transactionId, merchantCode, orderNumber, amount, currency, merchantBuyerId: asText(order.merchantBuyerId) };
  const action = asText(config.action);
  account.sessions.set(id, { ...session, urlIPN: asText(config.urlIPN), action, isPaid: false, results: [] });
  return { code: '00', message: 'OK', response: { session: id, amount, currency } };
}

/** Charges the shopper's card. Path and body are ours; the response is the library's report (documentation, "Validación de firma"). */
export async function chargeCard(call: Call): Promise<Json> {
  const { account, body, request, fault } = call;
  const session = account.sessions.get(asText(body.session));
  refuseUnless(session, 401, 'There is no such form.');
  const pan = asText(asObject(body.card)?.pan);
  const behaviour = findBehaviour(izipayCards, pan);
  if (behaviour === 'slow') await delay(slowCardDelay, request.signal);
  if (behaviour === 'undecided') return { code: 'COMMUNICATION_ERROR', message: '<html>504 Gateway Time-out</html>' };
  if (behaviour === 'inactive') return { code: '', message: '', event: 'IZIPAY_EVENT_INACTIVITY' };
  const result = createResult(session, pan, session.isPaid ? 'declined' : behaviour, account.settings.now());
  session.isPaid ||= result.code === '00';
  const payloadHttp = JSON.stringify(result);
  const signature = await sign(payloadHttp, account.faults.hashKey ?? account.settings.hashKey);
  const signed = { ...result, payloadHttp, signature };
  session.results.push(signed);
  if (fault === 'lost') throw new TypeError('Failed to fetch');
  return signed;
}

/** Creates the notifications that Izipay posts to the page's `urlIPN` (documentation, "Notificaciones"). */
export function createNotifications({ sessions }: Account, orderNumber: string): Request[] {
  const own = [...sessions.values()].filter((session) => session.orderNumber === orderNumber);
  return own.flatMap(({ transactionId, urlIPN, results }) => {
    const headers = { 'Content-Type': 'application/json', transactionId };
    return results.map((result) => new Request(urlIPN, { method: 'POST', headers, body: JSON.stringify(result) }));
  });
}

/** A pre-authorisation (`processType` `PA`) has the same answer as a charge, as far as documented. */
function createResult(session: Session, pan: string, behaviour: IzipayBehaviour, now: number): Json {
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
      order: [describeOrder(session, isApproved, behaviour, now)],
      card: { brand: { 3: 'AE', 4: 'VS', 5: 'MC' }[pan.charAt(0)] ?? '', pan: maskNumber(extractDigits(pan)), save: String(isStored) },
      billing: {},
      merchant: { merchantCode, facilitatorCode: '' },
      token: { merchantBuyerId, cardToken: isStored ? createNumber(32) : '', alias: '' },
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

/** Creates a number of at most 32 characters that occurs once. */
function createNumber(length: number): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, length);
}

/** Signs a text with HMAC-SHA256, as base64 (documentation, "Validación de firma"). */
async function sign(text: string, key: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign']);
  const mac = new Uint8Array(await crypto.subtle.sign(algorithm, imported, encoder.encode(text)));
  return btoa(String.fromCharCode(...mac));
}
