import type { CardBehaviour, Step } from './cards.js';
import { meta } from './responses.js';
import { createQrPicture } from './qr.js';
import type { FlexDate, FlexMethod, FlexResponse, FlexState, FlexTransaction } from './types.js';

/** One attempt to pay an operation. Its future states are known from the start, so its state depends on the clock only. */
export interface PaymentAttempt {
  readonly id: string;
  readonly method: FlexMethod;
  readonly behaviour: CardBehaviour;
  /** Contains only a masked number. */
  readonly card?: Readonly<Record<string, string>>;
  readonly createdAt: number;
  /** Seconds. */
  readonly lifetime: number;
  steps: readonly Step[];
}

export interface Operation {
  readonly merchantCode: string;
  readonly number: string;
  readonly channel: string;
  readonly amount: string;
  readonly currency: string;
  readonly additionalFields: unknown;
  /** The bearer of the form that started the operation. No other form may continue it. */
  readonly session: string;
  readonly createdAt: number;
  readonly attempts: PaymentAttempt[];
}

export function listReachedSteps({ createdAt, steps }: PaymentAttempt, now: number): readonly Step[] {
  return steps.filter(({ after }) => createdAt + after <= now);
}

export function readState(payment: PaymentAttempt, now: number): FlexState {
  return listReachedSteps(payment, now).at(-1)?.state ?? 'REGISTRADO';
}

/** Replaces the payment's future states: from `now` on, it stays in `state`. */
export function settlePayment(payment: PaymentAttempt, state: FlexState, now: number): void {
  payment.steps = [...listReachedSteps(payment, now), { state, after: now - payment.createdAt }];
}

/** Creates the response of `POST /charges`, which the form reports without `image`. */
export function describePayment(operation: Operation, payment: PaymentAttempt, now: number): FlexResponse & { image?: string } {
  return {
    success: 'true',
    action: 'authorize',
    merchant_code: operation.merchantCode,
    merchant_operation_number: operation.number,
    transaction: describeTransaction(operation, payment, now),
    ...(payment.method === 'QR' && { image: createQrPicture(payment.id) }),
    meta: meta('Procesado'),
  };
}

export function describeTransaction(operation: Operation, payment: PaymentAttempt, now: number): FlexTransaction {
  const state = readState(payment, now);
  return {
    transaction_id: payment.id,
    channel: operation.channel,
    state,
    state_reason: reasons[state] ?? state,
    amount: operation.amount,
    currency: operation.currency,
    payment_method: { method_name: payment.method, ...(payment.card && { method_details: payment.card }) },
    ...(state === 'PENDIENTE' && { expiration_date: formatDate(payment.createdAt + payment.lifetime * 1000) }),
    processor_response: createProcessorResponse(payment, state),
    additional_fields: operation.additionalFields,
    lifecycle: listReachedSteps(payment, now).map((step) => ({ state: step.state, date: formatDate(payment.createdAt + step.after) })),
  };
}

const reasons: Partial<Record<FlexState, string>> = {
  AUTORIZADO: 'Operación autorizada',
  PENDIENTE: 'Pendiente de pago',
  DENEGADO: 'Operación denegada',
  INVALIDO: 'Datos inválidos',
  EXPIRADO: 'Operación expirada',
};

function createProcessorResponse({ id, method, behaviour }: PaymentAttempt, state: FlexState): Readonly<Record<string, unknown>> | null {
  if (state === 'AUTORIZADO') return { authorization_code: id.slice(-6), result_message: { code: '00', description: 'Approved' } };
  if (state === 'DENEGADO') return { result_message: { code: '51', description: 'Insufficient funds' } };
  if (behaviour === 'invalid') return { result_message: { code: '14', description: 'Invalid card number' } };
  if (method === 'QR') return { qr_id: id, qr_image: createQrPicture(id) };
  return method === 'CARD' ? null : { cip: id.slice(-8) };
}

export function formatDate(ms: number): FlexDate {
  return { utc_time: new Date(ms).toISOString(), unix_time: Math.floor(ms / 1000) };
}
