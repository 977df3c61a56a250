/**
 * A store for bearers between requests, in the shape of a `Keyv`, so that several machines can share them. A cache that
 * fails, or takes more than a second, is treated as empty.
 */
export interface BearerCache {
  /** Returns the value or a promise of it. Anything but a string that fits in a header counts as a miss. */
  get(key: string): unknown;
  /** @param ttlMs milliseconds */
  set(key: string, value: string, ttlMs: number): unknown;
  delete(key: string): unknown;
}

/** The default cache, for a single process. */
export class MemoryCache implements BearerCache {
  readonly #entries = new Map<string, { readonly value: string; readonly until: number }>();

  get(key: string): string | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.until > Date.now() ? entry.value : undefined;
  }

  set(key: string, value: string, ttlMs: number): void {
    this.#entries.set(key, { value, until: Date.now() + ttlMs });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
