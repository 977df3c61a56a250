import { flexPayload } from '../../providers/payme/contract.js';
import { courseOfCard, digitsOf, masked, slowCardTime } from '../cards.js';
import { delay } from '../faults.js';
import { asObject, asText, demand, type Json } from '../http.js';
import { paymeCards, stepsOf } from './cards.js';
import { meta } from './http.js';
import { bearerOf, type Call, type Realm } from './realm.js';
import { describePayment, describeTry, reached, settle, stateOf, type Operation, type Try } from './transaction.js';
import { flexMethods, type FlexMethod } from './types.js';

/** `POST /flex-capture/flex-session`: what the form may draw. The shape of the answer is ours: the real one is not published. */
export function openSession(call: Call): Json {
  bearerOf(call, ['post:charges']);
  const payload = payloadOf(call);
  const asked = asObject(call.body.displaySettings)?.methods;
  const methods = Array.isArray(asked) ? asked.filter(isMethod) : flexMethods;
  demand(methods.length > 0, 400, 'No payment method is left.');
  const { amount, currency } = payload.payment_details;
  return { success: true, methods, amount, currency, countdown: call.realm.settings.countdown, meta: meta('Sesión creada') };
}

/** `POST /flex-capture/charges`: the shopper pays. The path and body are ours; the answer is that of the documentation. */
export async function submitCharge(call: Call): Promise<Json> {
  const session = bearerOf(call, ['post:charges']);
  const payment = createTry(call);
  const operation = operationFor(call, session);
  if (payment.course === 'slow') await delay(slowCardTime, call.request.signal);
  const { now } = call.realm.settings;
  if (!operation.tries.every((other) => isOver(other, now())) || operation.session !== session) return duplicate(operation, payment, now());
  operation.tries.push(payment);
  return { ...describePayment(operation, payment, now()) };
}

/** `POST /flex-capture/consult`: what became of a payment that is pending. */
export function consultCharge(call: Call): Json {
  bearerOf(call, ['post:charges']);
  const { merchant_code, merchant_operation_number, transaction_id } = call.body;
  const [operation, payment] = find(call, [asText(merchant_code), asText(merchant_operation_number), asText(transaction_id)]);
  return { ...describePayment(operation, payment, call.realm.settings.now()) };
}

/** `GET /charges/{merchant_code}/{merchant_operation_number}/{transaction_id}`. */
export function getCharge(call: Call): Json {
  bearerOf(call, ['get:charges']);
  const [operation, payment] = find(call, call.path);
  return describeOperation(operation, payment, call.realm.settings.now());
}

/** `DELETE /charges/{merchant_code}/{merchant_operation_number}`: cancels what is pending, reverses what was paid. */
export function deleteCharge(call: Call): Json {
  bearerOf(call, ['delete:charges']);
  const [operation, payment] = find(call, call.path);
  const now = call.realm.settings.now();
  const next = { REGISTRADO: 'CANCELADO', PENDIENTE: 'CANCELADO', AUTORIZADO: 'EXTORNADO' } as const;
  const state = next[stateOf(payment, now) as keyof typeof next];
  demand(state, 400, 'The operation can be neither cancelled nor reversed.');
  settle(payment, state, now);
  return describeOperation(operation, payment, now);
}

function payloadOf({ realm, body }: Call) {
  const payload = flexPayload.safeParse(body.payload);
  demand(payload.success, 400, 'The payload is incomplete.');
  const { merchantCode } = realm.settings;
  demand(!merchantCode || payload.data.merchant_code === merchantCode, 400, '`merchant_code` is not known.');
  return payload.data;
}

function createTry({ realm, body }: Call): Try {
  const { method_name: method, method_details: details } = asObject(body.payment_method) ?? {};
  demand(isMethod(method), 400, '`payment_method.method_name` is not known.');
  const { pendingTime, pendingLifetime: lifetime, now } = realm.settings;
  const pan = digitsOf(asText(asObject(details)?.pan));
  const scripted = method === 'CARD' ? courseOfCard(paymeCards, pan) : 'pending';
  const course = scripted === 'pending' && realm.faults.unpaid ? 'expiring' : scripted;
  const card = method === 'CARD' ? { card: describeCard(pan) } : {};
  return { id: transactionId(), method, course, ...card, createdAt: now(), lifetime, steps: stepsOf(course, pendingTime, lifetime) };
}

function operationFor(call: Call, session: string): Operation {
  const { merchant_code: merchantCode, merchant_operation_number: number, channel, payment_details: details } = payloadOf(call);
  const { operations, settings } = call.realm;
  const known = operations.get(`${merchantCode}/${number}`);
  if (known) return known;
  const { amount, currency, additional_fields: additionalFields = {} } = details;
  const fresh: Operation = {
    merchantCode,
    number,
    channel,
    amount,
    currency,
    additionalFields,
    session,
    createdAt: settings.now(),
    tries: [],
  };
  operations.set(`${merchantCode}/${number}`, fresh);
  return fresh;
}

/** After a decline the same form may try again; what is pending or paid stands. */
function isOver(payment: Try, now: number): boolean {
  return !['REGISTRADO', 'PENDIENTE', 'AUTORIZADO'].includes(stateOf(payment, now));
}

function duplicate(operation: Operation, payment: Try, now: number): Json {
  const declined: Try = { ...payment, course: 'declined', createdAt: now, steps: stepsOf('declined', 0, 0) };
  const response = describePayment(operation, declined, now);
  const processor_response = { result_message: { code: '94', description: 'Duplicate operation number' } };
  return { ...response, transaction: { ...response.transaction, processor_response } };
}

function find({ realm }: Call, [merchant, number, id]: readonly string[]): readonly [Operation, Try] {
  const operation = realm.operations.get(`${merchant}/${number}`);
  const payment = operation?.tries.findLast((one) => id === undefined || one.id === id);
  demand(operation && payment, 404, 'There is no such operation.');
  return [operation, payment];
}

function describeOperation(operation: Operation, payment: Try, now: number): Json {
  const { merchantCode, number, amount, currency, createdAt } = operation;
  const state = reached(payment, now).at(-1)?.state;
  const transactions = [describeTry(operation, payment, now)];
  const created_at = new Date(createdAt).toISOString();
  const described = { merchant_operation_number: number, amount, currency, state, created_at, transactions };
  return { success: 'true', merchant_code: merchantCode, operation: described, meta: meta('Procesado') };
}

function describeCard(pan: string): Readonly<Record<string, string>> {
  const [bin, last_pan] = [pan.slice(0, 6), pan.slice(-4)];
  const brand = { 3: 'AMEX', 4: 'VISA', 5: 'MASTERCARD' }[pan[0] ?? ''] ?? 'OTHER';
  return { masked_pan: masked(pan), brand, bin, last_pan, card_type: 'CREDIT' };
}

function transactionId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(10).padStart(3, '0'))
    .join('')
    .slice(0, 18);
}

const isMethod = (value: unknown): value is FlexMethod => flexMethods.includes(value as FlexMethod);

/** Puts the last payment of an operation into a state, at once. */
export function settleOperation(realm: Realm, number: string, state: Parameters<typeof settle>[1]): boolean {
  const { payment } = lastOf(realm, number) ?? {};
  if (payment) settle(payment, state, realm.settings.now());
  return payment !== undefined;
}

/** What Pay-me would tell of an operation now. */
export function describeLast(realm: Realm, number: string): Json | undefined {
  const found = lastOf(realm, number);
  if (!found) return undefined;
  const { image: _, ...said } = describePayment(found.operation, found.payment, realm.settings.now());
  return { ...said };
}

function lastOf({ operations }: Realm, number: string): { operation: Operation; payment: Try } | undefined {
  const operation = [...operations.values()].findLast((one) => one.number === number);
  const payment = operation?.tries.at(-1);
  return operation && payment && { operation, payment };
}
