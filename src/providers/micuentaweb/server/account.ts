import * as z from 'zod/mini';
import { parse } from '../../../shared/schema.js';
import { callbackUrl } from '../../../server/callback-url.js';
import { apiHosts, publicKeyPattern, type Brand } from '../contract.js';
import { CredentialsPause } from './credentials-pause.js';

/** Lyra has no other environments. Both have the same hosts: the keys decide. */
export type MicuentawebEnvironment = 'sandbox' | 'production';

/** A merchant's shop at Lyra, from "Settings", "Shop", "REST API keys" of its Back Office. The browser receives only `publicKey`. */
export interface MicuentawebOptions {
  /** The number of the shop, which is also the user of the API. */
  readonly shopId: string;
  /** `testpassword_…` or `prodpassword_…`. It signs notifications, too; a list, newest first, while one password replaces another. */
  readonly password: string | readonly string[];
  /** `<shopId>:testpublickey_…` or `<shopId>:publickey_…`. */
  readonly publicKey: string;
  /** The "HMAC-SHA-256 key", with which Lyra signs the results that the page receives; a list, newest first, during a rotation. */
  readonly hashKey: string | readonly string[];
  /** The brand of Lyra's that the shop belongs to: `micuentaweb` by default. */
  readonly brand?: Brand;
  /** How often the shopper may try again with the same token after a refusal. By default, Lyra decides. */
  readonly retries?: number;
  /** The payment methods that the form offers, in Lyra's words, such as `CARDS`. By default, all methods of the shop. */
  readonly paymentMethods?: readonly string[];
  /** `cards` (the default), or `smart` for a form with all methods, which is not tested yet. */
  readonly form?: 'cards' | 'smart';
  /** The URL of `pay.notifications` of this provider. Without it, Lyra posts to the URL in the Back Office. */
  readonly notificationUrl?: string;
  /** Allows operations whose answers no document describes completely: try each with a test shop before you rely on it. */
  readonly experimental?: boolean;
}

export interface Account extends Omit<MicuentawebOptions, 'password' | 'hashKey' | 'brand'> {
  readonly brand: Brand;
  readonly environment: MicuentawebEnvironment;
  /** The newest is sent to the API. Each of them proves notifications. */
  readonly passwords: readonly [string, ...string[]];
  /** Each of them proves results that the page received. */
  readonly hashKeys: readonly [string, ...string[]];
  readonly pause: CredentialsPause;
}

const keys = (key: z.ZodMiniType<string>) => z.union([key, z.array(key).check(z.minLength(1, 'should have at least one key'))]);

/** Printable ASCII without spaces, because the password becomes part of a header. */
const password = () =>
  z.string().check(z.regex(/^(test|prod)password_[\x21-\x7e]+$/, 'should begin with testpassword_ or prodpassword_, without spaces'));
const hashKey = () => z.string().check(z.regex(/^[\x21-\x7e]{1,400}$/, 'should have 1 to 400 characters, without spaces'));

const optionsShape = z.lazy(() =>
  z.object({
    shopId: z.string().check(z.regex(/^\d{2,8}$/, 'should be the number of the shop, of 2 to 8 digits')),
    password: keys(password()),
    publicKey: z.string().check(z.regex(publicKeyPattern, 'should be the public key of the shop, such as 12345678:publickey_…')),
    hashKey: keys(hashKey()),
    brand: z._default(z.enum(Object.keys(apiHosts) as [Brand, ...Brand[]]), 'micuentaweb'),
    retries: z.optional(z.int().check(z.nonnegative('should not be negative'))),
    paymentMethods: z.optional(z.array(z.string()).check(z.minLength(1, 'should have at least one method'))),
    form: z.optional(z.enum(['cards', 'smart'])),
    notificationUrl: z.optional(callbackUrl()),
    experimental: z.optional(z.boolean()),
  }),
);

/**
 * Checks the options, and that all keys are of the same shop and environment.
 *
 * @throws {Error} names the option that is missing or wrong, without its value
 */
export function createAccount(options: MicuentawebOptions): Account {
  const { password, hashKey, ...parsed } = parse(optionsShape, options, 'micuentaweb()');
  const passwords = [password].flat() as [string, ...string[]];
  const hashKeys = [hashKey].flat() as [string, ...string[]];
  const environment = readEnvironment(passwords[0], 'testpassword_');
  const [shop, publicKey] = parsed.publicKey.split(':') as [string, string];
  if (shop !== parsed.shopId)
    throw new TypeError(
      'micuentaweb(): `publicKey` should begin with `shopId`, but began with another number. Copy both from the same shop.',
    );
  requireEnvironment('password', passwords, 'testpassword_', environment);
  requireEnvironment('publicKey', [publicKey], 'testpublickey_', environment);
  return { ...parsed, environment, passwords, hashKeys, pause: new CredentialsPause() };
}

function readEnvironment(key: string, testPrefix: string): MicuentawebEnvironment {
  return key.startsWith(testPrefix) ? 'sandbox' : 'production';
}

function requireEnvironment(option: string, values: readonly string[], testPrefix: string, environment: MicuentawebEnvironment): void {
  const found = values.map((value) => readEnvironment(value, testPrefix)).find((one) => one !== environment);
  if (found)
    throw new TypeError(
      `micuentaweb(): \`${option}\` should be of ${environment}, as the newest \`password\` is, but was of ${found}. Copy all keys from the same environment.`,
    );
}
