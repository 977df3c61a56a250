import { signHmac, timingSafeEqual } from '../../../server/digests.js';

/**
 * Which order a payment was for. The signed result names `orderNumber`, amount and currency, but nothing of the merchant's
 * own: whoever paid order A could show that result as the payment of order B of the same price. So the order number itself
 * says which order it was made for, in a way that only the holder of the hash key can compute, and nothing is stored between
 * the two endpoints.
 *
 * 9 to 15 letters and digits, the most that Izipay takes: the last six letters and digits of the reference, so that a person
 * finds it in Izipay's panel; four random ones, new for every token; five of an HMAC over both. It can be made of any
 * reference. A swap would need a payment whose number fits by chance, one in 33 million.
 */
const pattern = /^([0-9A-Za-z]{0,6})([0-9A-Z]{4})([0-9A-Z]{5})$/;

/** Crockford's: no I, L, O or U, which are misread. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new order number for an attempt at paying `reference`. */
export async function createOrderNumber(key: string, reference: string): Promise<string> {
  const random = encodeCharacters(crypto.getRandomValues(new Uint8Array(4)));
  return extractReadablePart(reference) + random + (await computeCheckCharacters(key, reference, random));
}

/** Whether the order number was made for `reference`. */
export async function isOrderNumberFor(orderNumber: string, key: string, reference: string): Promise<boolean> {
  const [, readable, random, mac] = pattern.exec(orderNumber) ?? [];
  if (random === undefined || mac === undefined || readable !== extractReadablePart(reference)) return false;
  return timingSafeEqual(mac, await computeCheckCharacters(key, reference, random));
}

function extractReadablePart(reference: string): string {
  return reference.replace(/[^0-9A-Za-z]/g, '').slice(-6);
}

async function computeCheckCharacters(key: string, reference: string, random: string): Promise<string> {
  // The same key signs results, which are JSON: none of them begins like this.
  const mac = await signHmac(key, `order-number:${random}:${reference}`);
  return encodeCharacters(new Uint8Array(mac, 0, 5));
}

function encodeCharacters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
