import { signHmac, timingSafeEqual } from '../../../server/digests.js';

/**
 * The operation number proves which order a payment was for. The browser reports the paid operation to the outcome endpoint, and
 * Pay-me does not know the merchant's orders. Without this proof, a shopper who paid order A could present its operation as the
 * payment of order B of the same amount, any number of times. Only the holder of the client secret can compute the number, and
 * nothing is stored between the two endpoints.
 *
 * It has twelve digits, the most that Pay-me takes: seven random ones, then five from an HMAC over the reference and the random
 * part. Numbers of different orders collide as rarely as twelve random digits. Five digits stop a swap, but not a hundred
 * thousand guesses: a merchant who ships automatically should also store which operations were used.
 */
const pattern = /^([1-9]\d{6})(\d{5})$/;

/** Creates an operation number for one attempt to pay `reference`. It has no leading zero, which a numeric type would lose. */
export async function createOperationNumber(secret: string, reference: string): Promise<string> {
  const word = new DataView(crypto.getRandomValues(new Uint8Array(4)).buffer).getUint32(0);
  const random = String(1_000_000 + (word % 9_000_000));
  return random + (await computeCheckDigits(secret, reference, random));
}

/** Whether the operation number was created for `reference`, with any of the secrets. */
export async function isOperationNumberFor(operation: string, secrets: readonly string[], reference: string): Promise<boolean> {
  const [, random, check] = pattern.exec(operation) ?? [];
  if (random === undefined || check === undefined) return false;
  const expected = await Promise.all(secrets.map((secret) => computeCheckDigits(secret, reference, random)));
  return expected.map((digits) => timingSafeEqual(check, digits)).some(Boolean);
}

async function computeCheckDigits(secret: string, reference: string, random: string): Promise<string> {
  const mac = await signHmac(secret, `${reference}:${random}`);
  return String(new DataView(mac).getUint32(0) % 100_000).padStart(5, '0');
}
