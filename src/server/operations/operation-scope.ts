import { runWithTimeout } from '../../shared/signals.js';
import { EventReporter, type OnEvent, type PayEvent } from '../event-reporter.js';
import { Problem, toProblem } from '../problem.js';
import { RetryBudget } from '../retry-budget.js';
import type { RequestScope } from '../upstream.js';
import { OperationNotSupported, OperationRefused } from './operation-errors.js';

/** Milliseconds for one operation. No shopper waits for it, and some calls wait for a bank. Shorter than a lock is held. */
const deadline = 50_000;

/** Runs one operation with a deadline, and reports its duration and its failure to `onEvent`. */
export async function runInScope<T>(
  endpoint: PayEvent['endpoint'],
  subject: EventReporter['subject'],
  onEvent: OnEvent | undefined,
  work: (scope: RequestScope) => Promise<T>,
): Promise<T> {
  const reporter = new EventReporter({ headers: new Headers() }, endpoint, onEvent);
  reporter.subject = subject;
  const { signal } = new AbortController();
  const startedAt = performance.now();
  const createTimeout = () => new Problem('timeout', `pay.${endpoint}() took too long.`);
  try {
    const result = await runWithTimeout(deadline, signal, createTimeout, (inner) =>
      work({ signal: inner, reporter, retries: new RetryBudget() }),
    );
    reporter.report({ phase: 'request' }, startedAt);
    return result;
  } catch (error) {
    reporter.report({ phase: 'request', ...describeFailure(error, signal) }, startedAt);
    throw error;
  }
}

function describeFailure(error: unknown, signal: AbortSignal): Pick<PayEvent, 'problem' | 'refusal'> {
  if (error instanceof OperationRefused) return { refusal: error.reason };
  return error instanceof OperationNotSupported ? { refusal: 'not-supported' } : { problem: toProblem(error, signal).kind };
}
