import * as z from 'zod/mini';
import { decodeBase64Url, encodeBase64Url } from './base64.js';

/** An address that a provider is told to come to: one that none of them takes a character out of. */
export const callbackUrl = () =>
  z
    .string()
    .check(
      z.regex(
        /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(?=[:/]))[\w.~:/-]+$/,
        'should be an https URL without a query, such as https://shop.example.com/api/pay/notification',
      ),
    );

/** The address at which the provider tells of this order alone. */
export function buildCallbackUrl(url: string, reference: string): string {
  return `${url}?reference=${encodeBase64Url(reference)}`;
}

/** Which order an address was made for. Anybody can write one: it is for the signed words to agree with it. */
export function readReference(url: string): string | undefined {
  const written = new URL(url).searchParams.get('reference');
  return written ? decodeBase64Url(written) : undefined;
}
