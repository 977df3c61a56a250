import { isRecord } from '../../../shared/schema.js';
import { OperationRefused } from '../../../server/operations/operation-errors.js';
import type { MoveResult } from '../../../server/operations/provider-operations.js';
import { approvedCode, lowerFirstLetters, undecidedCodes } from '../contract.js';
import { quoteCode } from './token-call.js';
import type { TransactionAnswer } from './transaction-call.js';

/** Where the answer to an annulment or a capture has Izipay's id of it. */
type IdField = 'uniqueIdCancel' | 'uniqueId';

/**
 * Reads what became of an annulment or a capture. Only the code `00` means that it was done. Any other code of an answer with status 200 is
 * a refusal (three merchants' code). A code that leaves payments open, or none at all, decides nothing.
 *
 * @throws {OperationRefused} `state` if Izipay refused
 */
export function readMoveResult(operation: 'cancel' | 'capture', answer: TransactionAnswer, idField: IdField): MoveResult {
  const { code, response } = lowerFirstLetters(answer);
  if (code === approvedCode) return { state: 'done', ...readId(response, idField) };
  if (typeof code !== 'string' || code === '' || undecidedCodes.includes(code)) return { state: 'asked' };
  const message = `pay.${operation}(): Izipay refused with the code ${quoteCode(code)}, and did nothing.`;
  throw new OperationRefused('state', `${message} Look the payment up in Izipay's panel, and change it there.`);
}

function readId(response: unknown, idField: IdField): Pick<MoveResult, 'id'> {
  const { result } = lowerFirstLetters(response);
  const id = isRecord(result) ? lowerFirstLetters(result)[idField] : undefined;
  return typeof id === 'string' && id !== '' && id.length <= 40 ? { id } : {};
}
