import * as z from 'zod/mini';
import proxyAddress from 'proxy-addr';
import { isSecureUrl } from '../../shared/endpoint-url.js';

/** Characters of a secret that signs or authenticates. 32 characters of hexadecimal are 128 bits. */
const minSecretLength = 32;

export const text = () => z.string().check(z.minLength(1, 'should not be empty'));

/** The secrets that sign or authenticate, newest first. */
export const secrets = () => {
  const message = `should have at least ${minSecretLength} characters, such as the output of \`openssl rand -hex 32\``;
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
      // The checks after this one need a URL.
      abort: true,
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
export const page = () =>
  z.string().check(z.regex(/^(https?:\/\/|\/(?!\/))[^\s#]*$/, 'should be a path such as /order, or a URL, without #'));

export const redisUrl = () =>
  z.string().check(
    z.refine((value) => /^rediss?:\/\/./.test(value) && URL.canParse(value), {
      error: 'should be a URL such as redis://127.0.0.1:6379, with special characters of its password percent-encoded',
    }),
  );

/** Addresses, CIDR blocks or the words of `proxy-addr`. */
export const proxy = () =>
  z.string().check(z.refine(isProxy, { error: 'should be an address, a block such as 10.0.0.0/8, or loopback, linklocal or uniquelocal' }));

function isProxy(value: string): boolean {
  try {
    proxyAddress.compile(value);
    return true;
  } catch {
    return false;
  }
}

/** Headers that belong to one connection or one body, or that the call sets itself. */
const ownHeaders = /^(connection|content-.*|expect|host|keep-alive|pay-checkout-signature|te|trailer|transfer-encoding|upgrade)$/i;

/** The name of a header of the shopper's request. */
export const headerName = () =>
  z.string().check(
    z.regex(/^[\w-]+$/, 'should be the name of a header'),
    z.refine((name) => !ownHeaders.test(name), {
      error: 'should be a header that belongs to the visitor, not to the connection or the body',
    }),
  );

/** A whole number; a text of digits in the environment. */
export const wholeNumber = (max: number) => {
  const message = `should be a whole number up to ${max}`;
  return z.pipe(z.transform(readDigits), z.int(message).check(z.minimum(0, message), z.maximum(max, message)));
};

function readDigits(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/** A list; a text with commas in the environment. */
export const list = (item: z.ZodMiniType<string, string>) =>
  z.pipe(z.union([z.array(z.string()), z.pipe(z.string(), z.transform(splitList))]), z.array(item));

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
