import type { Json } from '../http.js';
import { createSecret } from '../tokens.js';
import type { Account } from './account.js';
import { findCharged, formatDate, readState, type Operation } from './transaction.js';
import type { FlexDate, FlexMethod, PlayedState } from './types.js';

/** The states of a refund (documentation, "Devoluciones"). The money is back at `RESOLVED`. */
export type FlexRefundState = 'REGISTERED' | 'IN_PROCESS' | 'RESOLVED' | 'REJECTED';

/** A refund of an operation, from `POST /refund` or from Pay-me's panel. */
export interface PlayedRefund {
  readonly id: string;
  readonly type: 'TOTAL' | 'PARTIAL';
  /** Minor units. */
  readonly amount: string;
  readonly additionalFields: unknown;
  readonly lifecycle: { readonly state: FlexRefundState; readonly date: FlexDate }[];
}

/** Only these methods, and only settled payments, are refunded (documentation, "Devoluciones"). */
const refundableMethods: readonly FlexMethod[] = ['CARD', 'YAPE', 'CUOTEALO'];
const settledStates: readonly PlayedState[] = ['LIQUIDADO', 'DEPOSITADO'];

/** Adds a refund, which Pay-me rejects at once if the payment is not settled, or was made by another method. */
export function addRefund(
  operation: Operation,
  refund: Pick<PlayedRefund, 'type' | 'amount' | 'additionalFields'>,
  now: number,
): PlayedRefund {
  const state = isRefundable(operation, now) ? 'REGISTERED' : 'REJECTED';
  const added: PlayedRefund = { ...refund, id: createSecret(), lifecycle: [{ state, date: formatDate(now) }] };
  operation.refunds.push(added);
  return added;
}

function isRefundable(operation: Operation, now: number): boolean {
  const payment = findCharged(operation, now);
  return payment !== undefined && settledStates.includes(readState(payment, now)) && refundableMethods.includes(payment.method);
}

/** Makes a refund in the panel: of what is left, or of an amount in minor units. Returns whether Pay-me takes it. */
export function refundInPanel({ operations, settings }: Account, number: string, amount?: number): boolean {
  const operation = [...operations.values()].findLast((one) => one.number === number);
  const now = settings.now();
  if (!operation || !isRefundable(operation, now)) return false;
  const open = operation.refunds.filter((refund) => readRefundState(refund) !== 'REJECTED');
  const left = open.reduce((sum, refund) => sum - Number(refund.amount), Number(operation.amount));
  const type = (amount ?? left) === Number(operation.amount) ? 'TOTAL' : 'PARTIAL';
  addRefund(operation, { type, amount: String(amount ?? left), additionalFields: null }, now);
  return true;
}

/** Ends the refunds of an operation, or one refund, that are under way. Returns whether there is one. */
export function endRefunds({ operations, settings }: Account, id: string, state: FlexRefundState): boolean {
  const all = [...operations.values()].flatMap(({ number, refunds }) => refunds.map((refund) => ({ number, refund })));
  const open = all.filter(({ number, refund }) => (number === id || refund.id === id) && isUnderWay(refund));
  for (const { refund } of open) refund.lifecycle.push({ state, date: formatDate(settings.now()) });
  return open.length > 0;
}

function isUnderWay(refund: PlayedRefund): boolean {
  const state = readRefundState(refund);
  return state === 'REGISTERED' || state === 'IN_PROCESS';
}

export function readRefundState({ lifecycle }: PlayedRefund): FlexRefundState {
  return lifecycle.at(-1)!.state;
}

/** Describes a refund as Pay-me's answers do. Its codes of brands are others than those of a charge. */
export function describeRefund(operation: Operation, refund: PlayedRefund, now: number): Json {
  const payment = findCharged(operation, now);
  const state = readRefundState(refund);
  const { brand, masked_pan } = payment?.card ?? {};
  return {
    refund_id: refund.id,
    state,
    refund_reason: state === 'REJECTED' ? 'Solicitud rechazada' : 'Solicitud recibida y validada',
    type: refund.type,
    merchant_operation_number: operation.number,
    transaction_id: payment?.id ?? null,
    refund_amount: refund.amount,
    transaction_amount: operation.amount,
    currency: operation.currency,
    additional_fields: refund.additionalFields,
    payment_method: { name: payment?.method, brand: brandCodes[String(brand)], masked_pan },
    lifecycle: refund.lifecycle,
  };
}

const brandCodes: Readonly<Record<string, string>> = { VISA: 'VISA', MASTERCARD: 'MSCD', AMEX: 'AMEX' };
