/**
 * How many calls one request may make a second time: one, whichever needs it. Bearer, call and one repeat are three calls to
 * the provider; the element asks such an endpoint twice: six for one attempt, in any weather.
 */
export class RetryBudget {
  #left = 1;

  /** Whether there was one left; then it is used. */
  take(): boolean {
    this.#left -= 1;
    return this.#left >= 0;
  }
}
