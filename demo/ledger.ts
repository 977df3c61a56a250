import type { Ledger } from '../src/server.js';

/** Keeps what was refunded, cancelled and captured while the demo runs, also when its endpoints restart. */
export function createLedger(): Ledger {
  const texts = new Map<string, string>();
  return {
    claim: (key) => !texts.has(key) && texts.set(key, '').has(key),
    read: (key) => texts.get(key),
    write: (key, value) => texts.set(key, value),
  };
}
