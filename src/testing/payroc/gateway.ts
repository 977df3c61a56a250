import type { PayrocEnvironment } from '../../providers/payroc/contract.js';

/**
 * What each build of the library calls, and loads its iframes from; compiled into it (*read in 1.7.0*, for the sandbox).
 * Production's is published nowhere: this one is a guess.
 */
export const gateways: Readonly<Record<PayrocEnvironment, string>> = {
  sandbox: 'https://testpayments.worldnettps.com/merchant',
  production: 'https://payments.worldnettps.com/merchant',
};

/** The environment that a session token of the stand-in was made for: its first digit tells, so that the library can follow it. */
export function readEnvironment(token: string): PayrocEnvironment {
  return token.startsWith('b') ? 'production' : 'sandbox';
}

export function createRandomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function sessionToken(environment: PayrocEnvironment): string {
  return (environment === 'production' ? 'b' : 'a') + createRandomHex(16).slice(1);
}
