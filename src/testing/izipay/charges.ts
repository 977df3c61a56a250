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
  account.sessions.set(id, { ...session, urlIPN: asText(config.urlIPN), isPaid: false });
  return { code: '00', message: 'OK', response: { session: id, amount, currency } };
}

/** Charges the shopper's card. Path and body are ours; the response is the library's report (documentation, "Validación de firma"). */
export async function chargeCard(call: Call): Promise<Json> {
  const { account, body, request } = call;
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
  return (session.result = { ...result, payloadHttp, signature: await sign(payloadHttp, account.settings.hashKey) });
}

/** Creates the notification that Izipay posts to the page's `urlIPN` (documentation, "Notificaciones"). */
export function createNotification({ sessions }: Account, orderNumber: string): Request | undefined {
  const session = [...sessions.values()].findLast((one) => one.orderNumber === orderNumber && one.result);
  if (!session) return undefined;
  const headers = { 'Content-Type': 'application/json', transactionId: session.transactionId };
  return new Request(session.urlIPN, { method: 'POST', headers, body: JSON.stringify(session.result) });
}

function createResult(session: Session, pan: string, behaviour: IzipayBehaviour, now: number): Json {
  const { transactionId, merchantCode, merchantBuyerId } = session;
  const isPaid = behaviour === 'approved' || behaviour === 'slow';
  return {
    code: isPaid ? '00' : behaviour === 'invalid' ? 'T14' : 'T05',
    message: isPaid ? 'OK' : 'Denegado',
    messageUser: isPaid ? 'Operación exitosa' : 'No se pudo aprobar el pago.',
    messageUserEng: isPaid ? 'Successful' : 'The payment was not approved.',
    transactionId,
    response: {
      payMethod: 'CARD',
      order: [describeOrder(session, isPaid, now)],
      card: { brand: { 3: 'AE', 4: 'VS', 5: 'MC' }[pan.charAt(0)] ?? '', pan: maskNumber(extractDigits(pan)), save: 'false' },
      billing: {},
      merchant: { merchantCode, facilitatorCode: '' },
      token: { merchantBuyerId, cardToken: '', alias: '' },
      authentication: { result: '' },
      customFields: [],
    },
  };
}

function describeOrder({ orderNumber, amount, currency }: Session, isPaid: boolean, now: number): Json {
  const [date = '', time = ''] = new Date(now).toISOString().split(/[T.]/);
  const uniqueId = crypto.randomUUID().replaceAll('-', '').slice(0, 20);
  return {
    payMethodAuthorization: 'CARD',
    codeAuth: isPaid ? uniqueId.slice(-6) : '',
    ...{ currency, amount, installment: '00', deferred: '0', orderNumber },
    stateMessage: isPaid ? 'Autorizado' : 'Denegado',
    dateTransaction: date.replaceAll('-', ''),
    timeTransaction: time.replaceAll(':', ''),
    uniqueId,
    referenceNumber: uniqueId.slice(0, 12),
  };
}

/** Signs a text with HMAC-SHA256, as base64 (documentation, "Validación de firma"). */
async function sign(text: string, key: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign']);
  const mac = new Uint8Array(await crypto.subtle.sign(algorithm, imported, encoder.encode(text)));
  return btoa(String.fromCharCode(...mac));
}
