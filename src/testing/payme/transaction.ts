import type { CardBehaviour, Step } from './cards.js';
import { meta } from './responses.js';
import type { PlayedRefund } from './played-refund.js';
import { createProcessorResponse } from './processor-response.js';
import { createQrPicture } from './qr.js';
import { chargedStates, refusedStates } from './types.js';
import type { FlexDate, FlexMethod, FlexResponse, FlexTransaction, PlayedState } from './types.js';

/** One attempt to pay an operation. Its future states are known from the start, so its state depends on the clock only. */
export interface PaymentAttempt {
  readonly id: string;
  readonly method: FlexMethod;
  readonly behaviour: CardBehaviour;
  /** Contains only a masked number. */
  readonly card?: Readonly<Record<string, unknown>>;
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
  /** The address for notifications in the page's payload. */
  readonly notificationUrl: string;
  /** The bearer of the form that started the operation. No other form may continue it. */
  readonly session: string;
  readonly createdAt: number;
  readonly attempts: PaymentAttempt[];
  readonly refunds: PlayedRefund[];
}

export function listReachedSteps({ createdAt, steps }: PaymentAttempt, now: number): readonly Step[] {
  return steps.filter(({ after }) => createdAt + after <= now);
}

export function readState(payment: PaymentAttempt, now: number): PlayedState {
  return listReachedSteps(payment, now).at(-1)?.state ?? 'REGISTRADO';
}

/**
 * Returns the state of an operation, which stays pending until one of its payments succeeds (documentation, "Estados"). What else ended
 * its last payment ended the operation too.
 */
export function readOperationState({ attempts }: Operation, now: number): PlayedState {
  const states = attempts.map((attempt) => readState(attempt, now));
  const decided = states.find((state) => chargedStates.includes(state)) ?? states.at(-1);
  return decided && !refusedStates.includes(decided) ? decided : 'PENDIENTE';
}

/** Finds the payment of an operation that was charged. There is one at most. */
export function findCharged({ attempts }: Operation, now: number): PaymentAttempt | undefined {
  return attempts.find((attempt) => chargedStates.includes(readState(attempt, now)));
}

/** Whether the same form may pay again: after a refusal only. */
export function allowsAnotherAttempt({ attempts }: Operation, now: number): boolean {
  return attempts.every((attempt) => refusedStates.includes(readState(attempt, now)));
}

/** Replaces the payment's future states: from `now` on, it stays in `state`. */
export function settlePayment(payment: PaymentAttempt, state: PlayedState, now: number): void {
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
    payment_method: { method_name: payment.method, ...describeMethod(payment, state) },
    expiration_date: state === 'PENDIENTE' ? formatDate(payment.createdAt + payment.lifetime * 1000) : null,
    ...(state === 'PENDIENTE' && continuedMethods.includes(payment.method) && { continue_url: `${continueUrl}${payment.id}` }),
    processor_response: createProcessorResponse(payment, state, now),
    additional_fields: operation.additionalFields,
    lifecycle: listReachedSteps(payment, now).map((step) => ({ state: step.state, date: formatDate(payment.createdAt + step.after) })),
  };
}

/** The methods whose shopper continues on another page, which the stand-in does not have. */
const continuedMethods: readonly FlexMethod[] = ['BANK_TRANSFER', 'CUOTEALO'];
const continueUrl = 'https://continue.example.com/';

/** A QR has the fields of its card only once it is paid (documentation, "QR"). */
function describeMethod({ method, card }: PaymentAttempt, state: PlayedState): { method_details?: Readonly<Record<string, unknown>> } {
  if (card) return { method_details: card };
  return method === 'YAPE' && chargedStates.includes(state)
    ? { method_details: { phone: { country_code: '+51', subscriber: '900000000' } } }
    : {};
}

const reasons: Partial<Record<PlayedState, string>> = {
  AUTORIZADO: 'Operación autorizada',
  PENDIENTE: 'Pendiente de pago',
  DENEGADO: 'Operación denegada',
  INVALIDO: 'Datos inválidos',
  EXPIRADO: 'Operación expirada',
  CANCELADO: 'Usuario cancelo el metodo de pago',
  EXTORNADO: 'Pago anulado',
};

export function formatDate(ms: number): FlexDate {
  return { utc_time: new Date(ms).toISOString(), unix_time: Math.floor(ms / 1000) };
}
