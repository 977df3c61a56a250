import pRetry from 'p-retry';
import { identifyOutcome, type OutcomeCall } from './outcome-call.js';
import { firstWait, keepFor, longestWait, type KeptCall, type OnGivenUp, type OutcomeQueue, type SendOutcome } from './outcome-queue.js';

const waits = { minTimeout: firstWait, maxTimeout: longestWait, maxRetryTime: keepFor, randomize: true, retries: Infinity, unref: true };

interface WaitingCall {
  readonly call: OutcomeCall;
  readonly controller: AbortController;
}

/** A queue in the memory of the process, which loses its calls when the process ends. */
export class MemoryQueue implements OutcomeQueue {
  readonly isDurable = false;
  readonly #send: SendOutcome;
  readonly #onGivenUp: OnGivenUp;
  readonly #waiting = new Map<string, WaitingCall>();

  constructor(send: SendOutcome, onGivenUp: OnGivenUp) {
    this.#send = send;
    this.#onGivenUp = onGivenUp;
  }

  keep(call: OutcomeCall): Promise<KeptCall> {
    const id = identifyOutcome(call);
    const { controller } = this.#waiting.get(id) ?? this.#start(id, call);
    return Promise.resolve({ remove: () => Promise.resolve(controller.abort()) });
  }

  count(): Promise<number> {
    return Promise.resolve(this.#waiting.size);
  }

  /** Sends each waiting call a last time. */
  async close(): Promise<void> {
    const waiting = [...this.#waiting.values()];
    for (const { controller } of waiting) controller.abort();
    await Promise.all(waiting.map(({ call }) => this.#send(call).catch((error: unknown) => this.#onGivenUp(error, call))));
  }

  #start(id: string, call: OutcomeCall): WaitingCall {
    const waiting = { call, controller: new AbortController() };
    this.#waiting.set(id, waiting);
    void this.#repeat(id, waiting);
    return waiting;
  }

  async #repeat(id: string, { call, controller: { signal } }: WaitingCall): Promise<void> {
    try {
      await pRetry((attempt) => (attempt === 1 ? waitForDirectCall() : this.#send(call)), { ...waits, signal });
    } catch (error) {
      if (!signal.aborted) this.#onGivenUp(error, call);
    } finally {
      this.#waiting.delete(id);
    }
  }
}

/** The first try counts as failed, because the caller sends the call itself at the same time. */
function waitForDirectCall(): Promise<never> {
  return Promise.reject(new Error('The direct call is in flight.'));
}
