/** A call of a service behind a `CircuitBreaker`. A call that was aborted neither succeeded nor failed. */
export interface GuardedCall {
  /** Returns whether the service works again after a failure. */
  succeed(): boolean;
  fail(): void;
}

/**
 * Stops calls to a service that failed, for a while. Then one call tries the service, and the other calls skip it until that one succeeds.
 * No call waits for another, because Cloudflare Workers may drop a call silently with the request that started it.
 */
export class CircuitBreaker {
  readonly #pause: number;
  /** When the service may be tried again, by `performance.now()`, which never jumps. 0 while no call has failed. */
  #nextTry = 0;

  /** @param pause milliseconds */
  constructor(pause: number) {
    this.#pause = pause;
  }

  /** Starts a call. Returns `undefined` if the service should be skipped. */
  start(): GuardedCall | undefined {
    const now = performance.now();
    if (this.#nextTry > now) return undefined;
    if (this.#nextTry > 0) this.#nextTry = now + this.#pause;
    const nextTry = this.#nextTry;
    return {
      // A slow call from before the failure does not count.
      succeed: () => {
        const isRecovered = nextTry > 0 && this.#nextTry === nextTry;
        if (isRecovered) this.#nextTry = 0;
        return isRecovered;
      },
      fail: () => {
        this.#nextTry = performance.now() + this.#pause;
      },
    };
  }
}
