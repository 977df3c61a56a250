import { refuseUnless, type Json } from '../http.js';
import { requireScopes, type Call } from './account.js';
import { describeOperation, findPayment } from './charges.js';
import { readState, settlePayment } from './transaction.js';
import type { FlexMethod, PlayedState } from './types.js';

/** The methods of which `DELETE /charges` cancels a pending payment, or reverses a paid one (documentation, "Extornar o cancelar"). */
const methods: Readonly<Record<'CANCELADO' | 'EXTORNADO', readonly FlexMethod[]>> = {
  CANCELADO: ['CARD', 'CUOTEALO', 'QR', 'BANK_TRANSFER', 'PAGOEFECTIVO'],
  EXTORNADO: ['CARD', 'YAPE'],
};
const nextStates: Partial<Record<PlayedState, keyof typeof methods>> = {
  REGISTRADO: 'CANCELADO',
  PENDIENTE: 'CANCELADO',
  AUTORIZADO: 'EXTORNADO',
};

/**
 * `DELETE /charges/{merchant_code}/{merchant_operation_number}`: cancels a pending payment and reverses a paid one, always as a whole. A
 * payment that stays as it is has a 200 as well. What Pay-me answers for one that is settled or has ended is documented nowhere.
 *
 * @throws {TypeError} for the fault `lost`, as `fetch` does when the connection breaks
 */
export function deleteCharge(call: Call): Json {
  requireScopes(call, ['delete:charges']);
  const [operation, payment] = findPayment(call, call.path);
  const now = call.account.settings.now();
  const next = nextStates[readState(payment, now)];
  refuseUnless(next, 400, 'The operation can be neither cancelled nor reversed.');
  const isChanged = methods[next].includes(payment.method) && call.fault !== 'unchanged';
  if (isChanged) settlePayment(payment, next, now);
  if (call.fault === 'lost') throw new TypeError('Failed to fetch');
  const described = describeOperation(call, operation, payment);
  const root = { ...described, merchant_operation_number: operation.number };
  if (call.fault === 'without-operation') return { ...root, operation: undefined };
  return isChanged ? root : { ...root, operation: withoutState(described.operation as Json) };
}

/** The state is there only if it could be changed, and the list has only what could be cancelled (documentation). */
function withoutState({ state: _, ...operation }: Json): Json {
  return { ...operation, transactions: [] };
}
