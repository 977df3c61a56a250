/**
 * How many upstream calls one request may retry: one in all, whichever call needs it. Bearer, call and one retry are three
 * calls to the provider. The element tries such an endpoint twice, so an attempt makes at most six.
 */
export class RetryBudget {
  #left = 1;

  /** Takes the retry. Returns whether there was one left. */
  take(): boolean {
    this.#left -= 1;
    return this.#left >= 0;
  }
}
