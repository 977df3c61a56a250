import { signHmac, timingSafeEqual } from '../../../server/digests.js';

/**
 * The order number proves which order a payment was for. The signed result names `orderNumber`, amount and currency, but nothing
 * of the merchant's own. Without this proof, a shopper who paid order A could present its result as the payment of order B of
 * the same price. Only the holder of the hash key can compute the number, and nothing is stored between the two endpoints.
 *
 * It has 9 to 15 letters and digits, and Izipay takes at most 15:
 * - up to six: the last letters and digits of the reference, so that the merchant finds it in Izipay's panel;
 * - four: random, new for every token;
 * - five: from an HMAC over both.
 *
 * Any reference will do. The number of another order's payment fits by chance once in 33 million.
 */
const pattern = /^([0-9A-Za-z]{0,6})([0-9A-Z]{4})([0-9A-Z]{5})$/;

/** Crockford's alphabet: without I, L, O and U, which are easily misread. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Creates an order number for one attempt to pay `reference`. */
export async function createOrderNumber(key: string, reference: string): Promise<string> {
  const random = encodeCharacters(crypto.getRandomValues(new Uint8Array(4)));
  return extractReadablePart(reference) + random + (await computeCheckCharacters(key, reference, random));
}

/** Whether the order number was created for `reference`. */
export async function isOrderNumberFor(orderNumber: string, key: string, reference: string): Promise<boolean> {
  const [, readable, random, check] = pattern.exec(orderNumber) ?? [];
  if (random === undefined || check === undefined || readable !== extractReadablePart(reference)) return false;
  return timingSafeEqual(check, await computeCheckCharacters(key, reference, random));
}

function extractReadablePart(reference: string): string {
  return reference.replace(/[^0-9A-Za-z]/g, '').slice(-6);
}

async function computeCheckCharacters(key: string, reference: string, random: string): Promise<string> {
  // Izipay signs its results with the same key. They are JSON, so none begins with this prefix.
  const mac = await signHmac(key, `order-number:${random}:${reference}`);
  return encodeCharacters(new Uint8Array(mac, 0, 5));
}

function encodeCharacters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
