import * as z from 'zod/mini';
import { isSecureUrl } from '../../shared/endpoint-url.js';

/** Characters of a secret that signs or authenticates. 32 characters of hexadecimal are 128 bits. */
const minSecretLength = 32;

export const text = () => z.string().check(z.minLength(1, 'should not be empty'));

/** The secrets that sign or authenticate, newest first. */
export const secrets = () => {
  const message = `should have at least ${minSecretLength} characters; create one with \`openssl rand -hex 32\``;
  return z.array(z.string().check(z.minLength(minSecretLength, message))).check(z.minLength(1));
};

/** The address of one of the shop's two calls. */
export const backendUrl = () =>
  z.string().check(
    z.refine((url) => URL.canParse(url) && isSecureUrl(new URL(url)) && !new URL(url).username, {
      error: 'should be an https URL, or an http URL on a loopback host, without a user name',
    }),
  );

/** An origin, such as `https://shop.example.com`. */
export const origin = () =>
  z.string().check(
    z.refine((value) => URL.canParse(value) && new URL(value).origin === value, {
      error: 'should be an origin, such as https://shop.example.com, without a path',
    }),
  );

export const secureOrigin = () =>
  origin().check(z.refine((value) => isSecureUrl(new URL(value)), { error: 'should be https, or http on a loopback host' }));

/** The address of the stand-ins. They hold no money, so nothing but this machine may use them. */
export const loopbackOrigin = () =>
  secureOrigin().check(
    z.refine((value) => new URL(value).protocol === 'http:', { error: 'should be on this machine, such as http://127.0.0.1:4010' }),
  );

/** A path such as `/api/pay`, without a slash at its end. */
export const path = () => z.string().check(z.regex(/^(\/[\w.~-]+)+$/, 'should be a path such as /api/pay, without a slash at its end'));

/** A page of the shop, as an absolute URL or as a path. */
export const page = () => z.string().check(z.regex(/^(https?:\/\/|\/(?!\/))\S*$/, 'should be a path such as /order, or a URL'));

export const redisUrl = () => z.string().check(z.regex(/^rediss?:\/\/./, 'should be a URL such as redis://127.0.0.1:6379'));

/** A whole number; a text of digits in the environment. */
export const wholeNumber = (max: number) =>
  z.pipe(
    z.union([z.number(), z.pipe(z.string().check(z.regex(/^\d{1,9}$/, `should be a number up to ${max}`)), z.transform(Number))]),
    z.int(`should be a whole number up to ${max}`).check(z.minimum(0), z.maximum(max, `should be a number up to ${max}`)),
  );

/** A list; a text with commas in the environment. */
export const list = (item: z.ZodMiniType<string, string>) =>
  z.pipe(z.union([z.array(z.string()), z.pipe(z.string(), z.transform(splitList))]), z.array(item));

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
