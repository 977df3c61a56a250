import { signHmac, timingSafeEqual } from '../../../server/digests.js';
import type { Purpose } from './requested-payment.js';

/**
 * The order number proves which order a payment was for. The signed result names `orderNumber`, amount and currency, but nothing
 * of the merchant's own. Without this proof, a shopper who paid order A could present its result as the payment of order B of
 * the same price. Only the holder of the hash key can compute the number, and nothing is stored between the two endpoints.
 *
 * It has 9 to 15 letters and digits, and Izipay takes at most 15:
 * - up to six: the last letters and digits of the reference, so that the merchant finds it in Izipay's panel;
 * - four: random, new for every token;
 * - five: from an HMAC over both and over what the token was made for, which the signed result does not name either.
 *
 * Any reference will do. The number of another order's payment fits by chance once in 11 million.
 */
const pattern = /^([0-9A-Za-z]{0,6})([0-9A-Z]{4})([0-9A-Z]{5})$/;

/** Crockford's alphabet: without I, L, O and U, which are easily misread. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The beginning of the signed text. Izipay signs its results with the same key: they are JSON, so none begins like this. A payment's has no
 * purpose, as in the order numbers of earlier versions, which had none for a hold and a registration either.
 */
const prefixes = {
  hold: 'order-number-hold',
  registration: 'order-number-registration',
  payment: 'order-number',
} as const satisfies Record<Purpose, string>;

/** Creates an order number for one attempt to pay `reference`. */
export async function createOrderNumber(key: string, reference: string, purpose: Purpose = 'payment'): Promise<string> {
  const random = encodeCharacters(crypto.getRandomValues(new Uint8Array(4)));
  return extractReadablePart(reference) + random + (await computeCheckCharacters(key, reference, random, purpose));
}

/** Whether the order number was created for `reference`. */
export async function isOrderNumberFor(orderNumber: string, key: string, reference: string): Promise<boolean> {
  return (await readPurpose(orderNumber, [key], reference)) !== undefined;
}

/**
 * Returns what the token of the order number was made for, whatever the order requests now. `payment` may also be a hold or a registration of
 * an earlier version.
 *
 * @returns `undefined` if the order number was not created for `reference` with any of the keys
 */
export async function readPurpose(orderNumber: string, keys: readonly string[], reference: string): Promise<Purpose | undefined> {
  const [, readable, random, check] = pattern.exec(orderNumber) ?? [];
  if (random === undefined || check === undefined || readable !== extractReadablePart(reference)) return undefined;
  const candidates = keys.flatMap((key) => (Object.keys(prefixes) as Purpose[]).map((purpose) => ({ key, purpose })));
  const fits = await Promise.all(
    candidates.map(async ({ key, purpose }) => timingSafeEqual(check, await computeCheckCharacters(key, reference, random, purpose))),
  );
  return candidates.find((_, index) => fits[index])?.purpose;
}

function extractReadablePart(reference: string): string {
  return reference.replace(/[^0-9A-Za-z]/g, '').slice(-6);
}

async function computeCheckCharacters(key: string, reference: string, random: string, purpose: Purpose): Promise<string> {
  const mac = await signHmac(key, `${prefixes[purpose]}:${random}:${reference}`);
  return encodeCharacters(new Uint8Array(mac, 0, 5));
}

function encodeCharacters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
