import { toHex, sha256 } from '../../../server/digests.js';

/**
 * The `Idempotency-Key` of what must happen once: a UUID with the bits of version 4, made of what is being done. Payroc answers
 * a key that it knows with its first answer for seven days, so a repeat is safe, and another card is another payment.
 */
export async function deriveIdempotencyKey(...parts: readonly string[]): Promise<string> {
  const hash = (await sha256(JSON.stringify(parts))).slice(0, 16);
  const view = new DataView(hash.buffer);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x40);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  return toHex(hash).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The key of a new session. A session's body never varies, so a key that was used before would bring back a session that is dead by now. */
export function createIdempotencyKey(): string {
  return crypto.randomUUID();
}
