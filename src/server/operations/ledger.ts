/**
 * Where several processes keep the refunds, cancellations and captures that they have sent, so that together they never return more than
 * was paid. Entries must not expire.
 */
export interface Ledger {
  /** Stores an empty text under a key that has no text yet, atomically. Returns whether it did. */
  claim(key: string): boolean | Promise<boolean>;
  /** Returns the text under a key, the empty one of `claim` included. */
  read(key: string): string | null | undefined | Promise<string | null | undefined>;
  /** Replaces the text under a key. */
  write(key: string, value: string): unknown;
}

/** Creates a ledger for a single process. It forgets everything when the process ends. */
export function createProcessLedger(): Ledger {
  const texts = new Map<string, string>();
  return {
    claim(key) {
      if (texts.has(key)) return false;
      texts.set(key, '');
      return true;
    },
    read: (key) => texts.get(key),
    write: (key, value) => void texts.set(key, value),
  };
}
