import { createOperationNumber } from '../../../../src/providers/payme/server/operation-number.js';
import type { Order, PaymentOutcome } from '../../../../src/server.js';
import {
  createEndpoints,
  createRequest,
  credentials,
  fakePayme,
  merchantCode,
  order,
  readResponse,
  tokenBody,
  type ScriptedResponse,
} from '../../../server/fake-payme.js';

export const transactionId = '5hk8rwa3h3cq9oyfs3a28v1ms';

export interface ChargeChanges {
  readonly top?: object;
  readonly operation?: object;
  readonly transaction?: object;
  /** The shopper's other tries, which the record lists before the reported one. */
  readonly others?: readonly object[];
}

/** Creates the documented response to `GET /charges/…`, for a card payment. */
export function createCharge(operation: string | number, { top, operation: changes, transaction, others = [] }: ChargeChanges = {}) {
  return {
    success: true,
    merchant_code: merchantCode,
    operation: {
      merchant_operation_number: operation,
      created_at: { utc_time: '2024-07-05T17:46:50Z', unix_time: 1720201610 },
      state: 'AUTORIZADO',
      amount: '1050',
      currency: '604',
      transactions: [...others, createTransaction(transaction)],
      ...changes,
    },
    meta: { status: { code: '00', message_ilgn: [{ locale: 'es_PE', value: 'Procesado' }] } },
    ...top,
  };
}

export function createTransaction(changes: object = {}) {
  return { transaction_id: transactionId, channel: 'ecommerce', state: 'AUTORIZADO', amount: '1050', currency: '604', ...changes };
}

/** Creates the body with which a page reports a payment. */
export function createOutcomeBody(operation: unknown, transaction: unknown = { transaction_id: transactionId, state: 'AUTORIZADO' }) {
  const raw = { success: 'true', merchant_operation_number: operation, transaction };
  return { ...tokenBody, attempt: 1, result: { provider: 'payme', raw } };
}

/** Reports a payment whose operation number was made for `reference`, while Pay-me answers `answer`. */
export async function verify(
  answer: (operation: string) => ScriptedResponse,
  { reference = order.reference, ...changed }: Partial<Order> = {},
) {
  const operation = await createOperationNumber(credentials.clientSecret, reference);
  const response = answer(operation);
  const upstream = fakePayme({ charges: [response, response] });
  const reported: PaymentOutcome[] = [];
  const onOutcome = (one: PaymentOutcome) => void reported.push(one);
  const pay = createEndpoints(upstream, { order: () => ({ ...order, ...changed }), onOutcome });
  const { status, json } = await readResponse(pay.outcome(createRequest(createOutcomeBody(operation))));
  return { status, json, upstream, operation, reported: reported[0] };
}

/** Returns what `verify` reported about the outcome, without what identifies the payment. */
export function summarize({ outcome, reason, reference }: PaymentOutcome) {
  return { outcome, ...(reason && { reason }), ...(reference && { reference }) };
}
