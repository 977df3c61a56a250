import { isRecord } from '../../../shared/schema.js';
import { OperationRefused } from '../../../server/operations/operation-errors.js';
import type { MoveResult } from '../../../server/operations/provider-operations.js';
import { approvedCode, isDeclined, lowerFirstLetters } from '../contract.js';
import type { TransactionAnswer } from './transaction-call.js';

/** Where the answer to an annulment or a capture has Izipay's id of it. */
type IdField = 'uniqueIdCancel' | 'uniqueId';

/**
 * Reads the state of an annulment or a capture. Only the code `00` means that it was done, and only a documented code of a decline means that
 * it was refused. Any other code decides nothing: a timeout or a failure of Izipay's may follow a call that took effect.
 *
 * @throws {OperationRefused} `state` if Izipay refused
 */
export function readMoveResult(operation: 'cancel' | 'capture', answer: TransactionAnswer, idField: IdField): MoveResult {
  const { code, response } = lowerFirstLetters(answer);
  if (code === approvedCode) return { state: 'done', ...readId(response, idField) };
  if (!isDeclined(code, false)) return { state: 'asked' };
  const message = `pay.${operation}(): Izipay refused with the code ${code as string}, and did nothing.`;
  throw new OperationRefused('state', `${message} Look the payment up in Izipay's panel, and change it there.`);
}

function readId(response: unknown, idField: IdField): Pick<MoveResult, 'id'> {
  const { result } = lowerFirstLetters(response);
  const id = isRecord(result) ? lowerFirstLetters(result)[idField] : undefined;
  return typeof id === 'string' && id !== '' && id.length <= 40 ? { id } : {};
}
