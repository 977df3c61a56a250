import type { PayrocEnvironment } from '../../providers/payroc/contract.js';

/**
 * The base URL that is compiled into each build of the library, for requests and iframes (*read in 1.7.0*, for the sandbox).
 * The URL for production is a guess, because it is not published.
 */
export const gateways: Readonly<Record<PayrocEnvironment, string>> = {
  sandbox: 'https://testpayments.worldnettps.com/merchant',
  production: 'https://payments.worldnettps.com/merchant',
};

/** Reads the environment of a session token. The stand-in encodes it in the first digit. */
export function readEnvironment(token: string): PayrocEnvironment {
  return token.startsWith('b') ? 'production' : 'sandbox';
}

export function createRandomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function sessionToken(environment: PayrocEnvironment): string {
  return (environment === 'production' ? 'b' : 'a') + createRandomHex(16).slice(1);
}
