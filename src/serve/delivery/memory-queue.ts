import pRetry from 'p-retry';
import { identifyOutcome, type OutcomeCall } from './outcome-call.js';
import { firstWait, keepFor, longestWait, type KeptCall, type OutcomeQueue, type SendOutcome } from './outcome-queue.js';

const waits = { minTimeout: firstWait, maxTimeout: longestWait, maxRetryTime: keepFor, randomize: true, retries: Infinity, unref: true };

/** A queue in the memory of the process, which loses its calls when the process ends. */
export class MemoryQueue implements OutcomeQueue {
  readonly isDurable = false;
  readonly #send: SendOutcome;
  readonly #onGivenUp: (error: unknown) => void;
  readonly #waiting = new Map<string, AbortController>();

  /** @param onGivenUp receives the last error of a call that the shop has not received for a day */
  constructor(send: SendOutcome, onGivenUp: (error: unknown) => void) {
    this.#send = send;
    this.#onGivenUp = onGivenUp;
  }

  keep(call: OutcomeCall): Promise<KeptCall> {
    const id = identifyOutcome(call);
    let controller = this.#waiting.get(id);
    if (!controller) {
      controller = new AbortController();
      this.#waiting.set(id, controller);
      void this.#repeat(id, call, controller.signal);
    }
    const kept = controller;
    return Promise.resolve({ remove: () => Promise.resolve(kept.abort()) });
  }

  count(): Promise<number> {
    return Promise.resolve(this.#waiting.size);
  }

  close(): Promise<void> {
    for (const controller of this.#waiting.values()) controller.abort();
    return Promise.resolve();
  }

  async #repeat(id: string, call: OutcomeCall, signal: AbortSignal): Promise<void> {
    try {
      await pRetry((attempt) => (attempt === 1 ? waitForDirectCall() : this.#send(call)), { ...waits, signal });
    } catch (error) {
      if (!signal.aborted) this.#onGivenUp(error);
    } finally {
      this.#waiting.delete(id);
    }
  }
}

/** The first try counts as failed, because the caller sends the call itself at the same time. */
function waitForDirectCall(): Promise<never> {
  return Promise.reject(new Error('The direct call is in flight.'));
}
