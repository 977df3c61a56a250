import type { MoneyMove } from '../../../server/operations/money-move.js';
import { OperationRefused } from '../../../server/operations/operation-errors.js';
import { Problem } from '../../../server/problem.js';

/**
 * Milliseconds after which a key in use surely belongs to a request with another amount. Before, it may belong to the same request, which
 * another process has sent and Payroc still performs.
 */
const conflictWait = 600_000;

/**
 * Explains why Payroc refused a refund, cancellation or capture. For seven days, Payroc may answer its key with the same refusal: the key
 * does not change, so that a request that is repeated after the ledger was lost returns no money twice.
 *
 * @returns the error to throw: {OperationRefused} if Payroc surely did nothing, and another call or another key helps
 */
export function explainRefusal(error: unknown, { kind, key, sentAt }: MoneyMove): unknown {
  if (!(error instanceof Problem)) return error;
  const { reason, retryAfter, hasNoEffect } = error;
  if (reason === 'cannot-be-modified') return new OperationRefused('state', `pay.${kind}(): ${changed}`);
  if (reason === 'idempotency-key-in-use' && Date.now() - sentAt >= conflictWait) {
    return new OperationRefused('key', `pay.${kind}(): the key ${key} ${inUse}`);
  }
  if (error.kind !== 'upstream-request' || !hasNoEffect || kind === 'cancel') return error;
  const detail = `${error.message} Payroc may answer the key ${key} so for seven days. Correct the cause, and use another key.`;
  return new Problem(error.kind, detail, { reason, retryAfter, hasNoEffect });
}

const changed =
  'Payroc should accept this call by its own record of the payment, but says that the payment cannot be changed so now. Its batch may have ' +
  'closed meanwhile. Try again.';

const inUse =
  'should be new to Payroc, but belongs to an earlier request with another amount. Payroc did nothing now. Check `refunds` of pay.query(), ' +
  'and use another key if the money is not back.';
