import { flexPayload } from '../../providers/payme/contract.js';
import { findBehaviour, extractDigits, maskNumber, slowCardDelay } from '../cards.js';
import { delay } from '../faults.js';
import { asObject, asText, refuseUnless, type Json } from '../http.js';
import { paymeCards, listSteps } from './cards.js';
import { meta } from './responses.js';
import { requireScopes, type Call, type Account } from './account.js';
import {
  allowsAnotherAttempt,
  describePayment,
  describeTransaction,
  readOperationState,
  type Operation,
  type PaymentAttempt,
} from './transaction.js';
import { flexMethods, type FlexMethod } from './types.js';

/** `POST /flex-capture/flex-session`, which returns the content of the form. The response's shape is ours, because the real one is not published. */
export function openSession(call: Call): Json {
  requireScopes(call, ['post:charges']);
  const payload = requirePayload(call);
  const requested = asObject(call.body.displaySettings)?.methods;
  const methods = Array.isArray(requested) ? requested.filter(isMethod) : flexMethods;
  refuseUnless(methods.length > 0, 400, 'No payment method is left.');
  const { amount, currency } = payload.payment_details;
  return { success: true, methods, amount, currency, countdown: call.account.settings.countdown, meta: meta('Sesión creada') };
}

/** `POST /flex-capture/charges`, which pays. The path and body are ours; the response is that of the documentation. */
export async function submitCharge(call: Call): Promise<Json> {
  const session = requireScopes(call, ['post:charges']);
  const payment = createAttempt(call);
  const operation = findOrCreateOperation(call, session);
  if (payment.behaviour === 'slow') await delay(slowCardDelay, call.request.signal);
  const { now } = call.account.settings;
  if (!allowsAnotherAttempt(operation, now()) || operation.session !== session) return describeDuplicate(operation, payment, now());
  operation.attempts.push(payment);
  return { ...describePayment(operation, payment, now()) };
}

/** `POST /flex-capture/consult`, which returns the state of a pending payment. */
export function consultCharge(call: Call): Json {
  requireScopes(call, ['post:charges']);
  const { merchant_code, merchant_operation_number, transaction_id } = call.body;
  const [operation, payment] = findPayment(call, [asText(merchant_code), asText(merchant_operation_number), asText(transaction_id)]);
  return { ...describePayment(operation, payment, call.account.settings.now()) };
}

/** `GET /charges/{merchant_code}/{merchant_operation_number}/{transaction_id}`. */
export function getCharge(call: Call): Json {
  requireScopes(call, ['get:charges']);
  const [operation, payment] = findPayment(call, call.path);
  return describeOperation(call, operation, payment);
}

function requirePayload({ account, body }: Call) {
  const payload = flexPayload.safeParse(body.payload);
  refuseUnless(payload.success, 400, 'The payload is incomplete.');
  const { merchantCode } = account.settings;
  refuseUnless(!merchantCode || payload.data.merchant_code === merchantCode, 400, '`merchant_code` is not known.');
  return payload.data;
}

function createAttempt({ account, body }: Call): PaymentAttempt {
  const { method_name: method, method_details: details } = asObject(body.payment_method) ?? {};
  refuseUnless(isMethod(method), 400, '`payment_method.method_name` is not known.');
  const { pendingTime, pendingLifetime: lifetime, now } = account.settings;
  const pan = extractDigits(asText(asObject(details)?.pan));
  const scripted = method === 'CARD' ? findBehaviour(paymeCards, pan) : 'pending';
  const behaviour = scripted === 'pending' && account.faults.unpaid ? 'expiring' : scripted;
  const card = method === 'CARD' ? { card: describeCard(pan) } : {};
  return {
    id: createTransactionId(),
    method,
    behaviour,
    ...card,
    createdAt: now(),
    lifetime,
    steps: listSteps(behaviour, pendingTime, lifetime),
  };
}

function findOrCreateOperation(call: Call, session: string): Operation {
  const payload = requirePayload(call);
  const { merchant_code: merchantCode, merchant_operation_number: number, channel, payment_details: details } = payload;
  const { operations, settings } = call.account;
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
    notificationUrl: asText(asObject(asObject(payload.payment_method)?.method_details)?.callback_url),
    session,
    createdAt: settings.now(),
    attempts: [],
    refunds: [],
  };
  operations.set(`${merchantCode}/${number}`, fresh);
  return fresh;
}

function describeDuplicate(operation: Operation, payment: PaymentAttempt, now: number): Json {
  const declined: PaymentAttempt = { ...payment, behaviour: 'declined', createdAt: now, steps: listSteps('declined', 0, 0) };
  const response = describePayment(operation, declined, now);
  const processor_response = { result_message: { code: '94', description: 'Duplicate operation number' } };
  return { ...response, transaction: { ...response.transaction, processor_response } };
}

export function findPayment({ account }: Call, [merchant, number, id]: readonly string[]): readonly [Operation, PaymentAttempt] {
  const operation = account.operations.get(`${merchant}/${number}`);
  const payment = operation?.attempts.findLast((one) => id === undefined || one.id === id);
  refuseUnless(operation && payment, 404, 'There is no such operation.');
  return [operation, payment];
}

/** The operation with one of its payments, as the documentation says of a request for that one. */
export function describeOperation({ account }: Call, operation: Operation, payment: PaymentAttempt): Json {
  const { merchantCode, number, amount, currency, createdAt } = operation;
  const now = account.settings.now();
  const nameless = account.faults.namelessOperations && { additional_fields: null };
  const transactions = [{ ...describeTransaction(operation, payment, now), ...nameless }];
  const state = readOperationState(operation, now);
  const created_at = new Date(createdAt).toISOString();
  const described = { merchant_operation_number: number, amount, currency, state, created_at, transactions };
  return { success: true, merchant_code: merchantCode, operation: described, meta: meta('Procesado') };
}

function describeCard(pan: string): Json {
  const [bin, last_pan] = [pan.slice(0, 6), pan.slice(-4)];
  const brand = { 3: 'AMEX', 4: 'VISA', 5: 'MASTERCARD' }[pan[0] ?? ''] ?? 'OTHER';
  const installments = { plan: 'NORMAL', installment_number: '1' };
  return { masked_pan: maskNumber(pan), brand, bin, last_pan, card_type: 'CREDIT', card_country: 'PE', installments };
}

/** Fifteen digits, so that the id can also be a JSON number. */
function createTransactionId(): string {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return `${1_000_000 + (high % 9_000_000)}${String(low % 100_000_000).padStart(8, '0')}`;
}

const isMethod = (value: unknown): value is FlexMethod => flexMethods.includes(value as FlexMethod);

/** Describes the last payment of an operation as a notification. Its schema has neither the method nor the merchant's fields. */
export function describeNotification(account: Account, number: string): Json | undefined {
  const found = findLastPayment(account, number);
  if (!found) return undefined;
  const { settings, faults } = account;
  const { success, action, merchant_code, transaction, meta: status } = describePayment(found.operation, found.payment, settings.now());
  const { transaction_id: id, state, state_reason, amount, currency, processor_response } = transaction;
  const write = (digits: string) => (faults.numericIds ? Number(digits) : digits);
  const fields = faults.namelessOperations && { additional_fields: null };
  const reported = { transaction_id: write(id), state, state_reason, amount, currency, processor_response, ...fields };
  return { success, action, merchant_code, merchant_operation_number: write(number), transaction: reported, meta: status };
}

export function findLastPayment({ operations }: Account, number: string): { operation: Operation; payment: PaymentAttempt } | undefined {
  const operation = [...operations.values()].findLast((one) => one.number === number);
  const payment = operation?.attempts.at(-1);
  return operation && payment && { operation, payment };
}
