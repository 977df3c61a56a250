/**
 * A store for bearers between requests, in the shape of a `Keyv`, so that several machines can share them. A cache that
 * fails, or takes more than a second, is not called for 30 s. Meanwhile, each process uses its own copies.
 */
export interface BearerCache {
  /** Returns the value or a promise of it. Anything but a string that fits in a header counts as a miss. */
  get(key: string): unknown;
  /**
   * Returns `false`, or a promise of it, if the value was not stored.
   *
   * @param ttlMs milliseconds
   */
  set(key: string, value: string, ttlMs: number): unknown;
  delete(key: string): unknown;
}
