import { toHex, sha256 } from '../../../server/digests.js';

/**
 * Derives the `Idempotency-Key` of an operation that must happen once: a UUID with the bits of version 4, derived from the
 * operation's own data. For seven days, Payroc answers a known key with its first response. A repeated request is therefore safe,
 * and another card is another payment.
 */
export async function deriveIdempotencyKey(...parts: readonly string[]): Promise<string> {
  const hash = (await sha256(JSON.stringify(parts))).slice(0, 16);
  const view = new DataView(hash.buffer);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x40);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  return toHex(hash).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Creates the key of a new session. It is random, because a session's body never varies: a derived key would return an expired session. */
export function createIdempotencyKey(): string {
  return crypto.randomUUID();
}
