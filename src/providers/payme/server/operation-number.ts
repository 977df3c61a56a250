import { signHmac, timingSafeEqual } from '../../../server/digests.js';

/**
 * Why an operation number is not just random: the browser tells the outcome endpoint which operation was paid, and Pay-me
 * knows nothing of the merchant's orders. Whoever paid order A could show that operation as the payment of order B of the
 * same amount, as often as they like. So the number itself says which order it was made for, in a way that only the holder
 * of the client secret can compute, and nothing needs to be stored between the two endpoints.
 *
 * Seven random digits, then five of an HMAC over reference and random part: twelve, the most that Pay-me takes. Two numbers
 * of different orders meet as seldom as if all twelve were random. Five digits stop a swap, not somebody who may guess a
 * hundred thousand times: a merchant who ships by machine should also remember which operations were used.
 */
const pattern = /^([1-9]\d{6})(\d{5})$/;

/** A new operation number for an attempt at paying `reference`: 12 digits, never a leading zero, which a number would lose. */
export async function createOperationNumber(secret: string, reference: string): Promise<string> {
  const word = new DataView(crypto.getRandomValues(new Uint8Array(4)).buffer).getUint32(0);
  const random = String(1_000_000 + (word % 9_000_000));
  return random + (await computeCheckDigits(secret, reference, random));
}

/** Whether the operation number was made for `reference`. */
export async function isOperationNumberFor(operation: string, secret: string, reference: string): Promise<boolean> {
  const [, random, digits] = pattern.exec(operation) ?? [];
  if (random === undefined || digits === undefined) return false;
  return timingSafeEqual(digits, await computeCheckDigits(secret, reference, random));
}

async function computeCheckDigits(secret: string, reference: string, random: string): Promise<string> {
  const mac = await signHmac(secret, `${reference}:${random}`);
  return String(new DataView(mac).getUint32(0) % 100_000).padStart(5, '0');
}
