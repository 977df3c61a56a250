import { expect, vi } from 'vitest';
import { EventReporter, type BreakerState } from '../../src/server/event-reporter.js';
import { Problem } from '../../src/server/problem.js';
import { ProviderBreaker } from '../../src/server/provider-breaker.js';
import { RetryBudget } from '../../src/server/retry-budget.js';
import { deferred, type Deferred } from '../support/deferred.js';

type Result = 'success' | 'outage' | 'answered' | 'unknown' | 'leave';

export type Action =
  | { readonly kind: 'start'; readonly hasFallback: boolean }
  /** `index` among the requests without a result, from the latest one. */
  | { readonly kind: 'end'; readonly index: number; readonly result: Result }
  | { readonly kind: 'wait'; readonly ms: number };

interface PendingRequest {
  readonly call: Deferred<void>;
  readonly client: AbortController;
  readonly ended: Promise<unknown>;
  readonly startedAt: number;
  /** The provider's state before the request, and after it started. */
  readonly before: BreakerState;
  readonly after: BreakerState;
}

const errors = {
  outage: () => new Problem('upstream-failed', 'Own POST /session returned 500.'),
  answered: () => new Problem('upstream-credentials', 'Own POST /session returned 401.'),
  unknown: () => new Error('no database'),
};

/** Runs actions on a breaker, and compares each effect with the rules of the documentation. */
export class BreakerModel {
  readonly transitions: string[] = [];
  readonly #breaker = new ProviderBreaker('own');
  readonly #pending: PendingRequest[] = [];
  #state: BreakerState = 'closed';
  /** Outages in a row. */
  #outages = 0;
  /** When the provider may be tested, in milliseconds of the clock. */
  #nextTest = 0;
  /** The request that tests the provider. */
  #test: PendingRequest | undefined;

  async run(action: Action): Promise<void> {
    if (action.kind === 'wait') vi.advanceTimersByTime(action.ms);
    else if (action.kind === 'start') await this.#start(action.hasFallback);
    else await this.#end(action.index, action.result);
  }

  async #start(hasFallback: boolean): Promise<void> {
    const [before, startedAt] = [this.#state, performance.now()];
    const isTest = before !== 'closed' && startedAt >= this.#nextTest;
    const [client, call, work] = [new AbortController(), deferred(), vi.fn()];
    const run = this.#breaker.run(() => (work(), call.promise), { scope: this.#createScope(client.signal), hasFallback });
    const ended = run.catch((error: unknown) => error);
    const isSent = !hasFallback || before === 'closed' || isTest;
    expect(work).toHaveBeenCalledTimes(isSent ? 1 : 0);
    if (!isSent) return expect(await ended).toMatchObject({ kind: 'provider-down', retryable: false });
    expect(this.#state).toBe(isTest ? 'half-open' : before);
    const request = { call, client, ended, startedAt, before, after: this.#state };
    this.#pending.push(request);
    if (isTest) [this.#test, this.#nextTest] = [request, startedAt + 15_000];
  }

  async #end(index: number, result: Result): Promise<void> {
    const request = this.#pending.at(-1 - index);
    if (!request) return;
    this.#pending.splice(this.#pending.indexOf(request), 1);
    const isCounted = request === this.#test || (request.before === 'closed' && this.#state === 'closed');
    const before = this.#state;
    settle(request, result);
    await request.ended;
    expect(this.#state).toBe(isCounted ? this.#count(request, result) : before);
  }

  /** Returns the expected state. */
  #count(request: PendingRequest, result: Result): BreakerState {
    const isLate = performance.now() - request.startedAt >= 5_000;
    const isOutage = result === 'outage' || (result === 'leave' && isLate);
    const isTest = request === this.#test;
    if (isTest) this.#test = undefined;
    if (result === 'success' || (isTest && result === 'answered')) return this.#expectClosed();
    if (isOutage) this.#outages += 1;
    if (isOutage && (isTest || this.#outages === 3)) return this.#expectOpen(30_000);
    return isTest ? this.#expectOpen(0) : 'closed';
  }

  #expectClosed(): BreakerState {
    this.#outages = 0;
    return 'closed';
  }

  #expectOpen(pause: number): BreakerState {
    this.#nextTest = performance.now() + pause;
    return 'open';
  }

  #createScope(signal: AbortSignal) {
    const reporter = new EventReporter(new Request('https://shop.example.com'), 'token', ({ state }) => {
      this.transitions.push(`${this.#state} ${state}`);
      this.#state = state!;
    });
    return { signal, reporter, retries: new RetryBudget() };
  }
}

function settle({ call, client }: PendingRequest, result: Result): void {
  if (result === 'leave') client.abort();
  if (result === 'success') call.resolve();
  else call.reject(result === 'leave' ? client.signal.reason : errors[result]());
}
