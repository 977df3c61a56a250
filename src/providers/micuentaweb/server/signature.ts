import { verifyHmac } from '../../../server/digests.js';
import { hashAlgorithm as knownAlgorithm } from '../contract.js';

/** A signed text, as the page or Lyra sent it. */
export interface SignedText {
  readonly text: string;
  readonly hash: string;
  readonly hashAlgorithm?: string | null | undefined;
}

/**
 * Verifies the HMAC-SHA-256 of the text, in lower-case hex, with any of the keys (documentation, "Check the payment's signature"). Some
 * servers escape the slashes of a form, so the text counts with `\/` as `/`, too. The message also names a key, which does not count:
 * the caller knows by the channel which one it must be.
 *
 * @returns the text that was signed
 */
export async function findSignedText({ text, hash, hashAlgorithm }: SignedText, keys: readonly string[]): Promise<string | undefined> {
  const mac = decodeHex(hash);
  if (!mac || (hashAlgorithm ?? knownAlgorithm) !== knownAlgorithm) return undefined;
  const candidates = [text, text.replaceAll('\\/', '/')].flatMap((one) => keys.map((key) => ({ one, key })));
  const checks = await Promise.all(candidates.map(({ one, key }) => verifyHmac(mac, key, one)));
  return candidates.find((_, index) => checks[index])?.one;
}

function decodeHex(hash: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\da-f]{64}$/.test(hash)) return undefined;
  return Uint8Array.from({ length: 32 }, (_, index) => Number.parseInt(hash.slice(index * 2, index * 2 + 2), 16));
}
