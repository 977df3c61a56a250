import * as z from 'zod/mini';
import { decodeBase64Url, encodeBase64Url } from './base64.js';

/** A schema for the URL of a notification or return endpoint, limited to characters that every provider passes on unchanged. */
export const callbackUrl = () =>
  z
    .string()
    .check(
      z.regex(
        /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(?=[:/]))[\w.~:/-]+$/,
        'should be an https URL without a query, such as https://shop.example.com/api/pay/notification',
      ),
    );

/** Adds an order's reference to a callback URL, so that the provider's request names the order. */
export function buildCallbackUrl(url: string, reference: string): string {
  return `${url}?reference=${encodeBase64Url(reference)}`;
}

/** Reads the order's reference from a callback URL. Anyone can forge this URL: compare the reference with the signed content. */
export function readReference(url: string): string | undefined {
  const encoded = new URL(url).searchParams.get('reference');
  return encoded ? decodeBase64Url(encoded) : undefined;
}
