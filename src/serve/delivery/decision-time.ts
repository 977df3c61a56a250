import { AsyncLocalStorage } from 'node:async_hooks';
import type { PayEvent } from '../../server/event-reporter.js';

/**
 * Knows when the provider was last asked in the current request. Two requests about the same payment may end in another order than the
 * provider answered them.
 */
export class DecisionTime {
  readonly #storage = new AsyncLocalStorage<{ time?: number }>();

  /** Runs the work on one request. */
  run<T>(work: () => T): T {
    return this.#storage.run({}, work);
  }

  onEvent({ phase, duration }: Pick<PayEvent, 'phase' | 'duration'>): void {
    const request = this.#storage.getStore();
    if (request && phase === 'upstream') request.time = Date.now() - duration;
  }

  /** Returns when the provider was asked, or the time of now if it was not, as for a signed result. */
  get(): Date {
    return new Date(this.#storage.getStore()?.time ?? Date.now());
  }
}
