import { createHmac } from 'node:crypto';

/** The header of the signature. */
export const signatureHeader = 'Pay-Checkout-Signature';

/**
 * Signs a call to the shop's backend: `t=<seconds>,v1=<hexadecimal HMAC-SHA256 of "<seconds>.<body>">`.
 *
 * @param body the exact text of the request's body
 * @param secrets each makes a `v1`, so that a shop which knows any of them can verify the call
 * @param now milliseconds since 1970
 */
export function signCall(body: string, secrets: readonly string[], now = Date.now()): string {
  const seconds = Math.floor(now / 1000);
  const sign = (secret: string) => createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return [`t=${seconds}`, ...secrets.map((secret) => `v1=${sign(secret)}`)].join(',');
}
