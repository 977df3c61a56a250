import * as z from 'zod/mini';
import { isQuotable } from '../../../shared/is-quotable.js';
import { check } from '../../../server/check.js';
import { Problem } from '../../../server/problem.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { approvedCode, hosts, tokenAnswer, tokenPath, type IzipayEnvironment, type TokenAnswer } from '../contract.js';

/** Izipay's keys have 32 characters, so a long value in the place of a code may be a secret. */
const longestCode = 20;

/** A merchant's account at Izipay, from "Recursos/Credenciales" of its panel. The browser receives only `merchantCode` and `keyRSA`. */
export interface IzipayOptions {
  readonly merchantCode: string;
  /** The "Clave API Nuevo Botón de Pagos". It is a secret despite its name, because it creates tokens. */
  readonly publicKey: string;
  /** The "clave hash", with which Izipay signs results; a list, newest first, while one key replaces another. */
  readonly hashKey: string | readonly string[];
  /** Izipay's RSA public key, which the library requires. */
  readonly keyRSA: string;
  /**
   * Hashes `buyer.id` into the id under which Izipay stores a shopper's cards. It must stay the same for years. By default, it is the oldest
   * `hashKey` of the list: set it to that key before the first rotation, or Izipay does not find the cards of earlier shoppers any more.
   */
  readonly buyerKey?: string;
  /** The URL of `pay.notifications.izipay`, to which Izipay posts the outcome of each payment. */
  readonly notificationUrl?: string;
  /** The URL of `pay.returns.izipay`. With it, the shopper pays on Izipay's page, and returns to this URL. */
  readonly returnUrl?: string;
  /**
   * Allows the query, the cancellation and the capture of payments. Only other merchants' code shows their fields: try each in the sandbox
   * before you rely on it.
   */
  readonly experimental?: boolean;
}

export interface Account extends IzipayOptions {
  /** The newest makes order numbers. Each of them proves signatures and order numbers. */
  readonly hashKeys: readonly [string, ...string[]];
  readonly buyerKey: string;
}

/** The values that a token is bound to. */
export interface TokenBinding {
  readonly transactionId: string;
  readonly orderNumber: string;
  readonly amount: string;
}

/** A schema for a string of `min` to `max` characters. */
export const stringOfLength = (min: number, max: number) =>
  z.string().check(z.minLength(min, describeLength(min, max)), z.maxLength(max, describeLength(min, max)));

function describeLength(min: number, max: number): string {
  return `should have ${min} to ${max} characters`;
}

/** The seed's table "Encabezados". "Letters and digits" is from the documentation, "Transacción". */
const tokenHeaders = z.lazy(() =>
  z.object({
    transactionId: stringOfLength(5, 40).check(z.regex(/^[0-9A-Za-z]*$/, 'should be letters and digits')),
  }),
);

/** A schema for an amount such as `15.00`. */
export const amountText = () =>
  stringOfLength(4, 13).check(z.regex(/^\d+\.\d{2}$/, 'should have two decimals after a point, and no thousands separator'));

/** The seed's table "Cuerpo de la Solicitud". */
export const tokenBodySchema = z.lazy(() =>
  z.object({
    requestSource: z.enum(['ECOMMERCE', 'REFUND']),
    merchantCode: stringOfLength(1, 15),
    orderNumber: stringOfLength(5, 15),
    publicKey: stringOfLength(16, 400),
    amount: amountText(),
  }),
);

const name = `Izipay POST ${tokenPath}`;

/**
 * Creates the call `POST /security/v1/Token/Generate` (seed, "Generar Token de Sesión").
 *
 * @throws {Problem} `order` if Izipay does not take the amount
 */
export function createTokenCall(environment: IzipayEnvironment, account: IzipayOptions, binding: TokenBinding): UpstreamCall<TokenAnswer> {
  const { merchantCode, publicKey } = account;
  const { transactionId, orderNumber, amount } = binding;
  const headers = check('upstream-request', tokenHeaders, { transactionId }, `${name}, headers`);
  const body = { requestSource: 'ECOMMERCE', merchantCode, orderNumber, publicKey, amount };
  return {
    name,
    method: 'POST',
    url: `${hosts[environment].api}${tokenPath}`,
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', ...headers },
    // Only the amount comes unchanged from the order, so an invalid body is the order's fault.
    body: check('order', tokenBodySchema, body, name),
    responseSchema: tokenAnswer,
  };
}

/**
 * Returns the token of a response. A response with status 200 may report a failure.
 *
 * @throws {Problem} `upstream-refused`, with Izipay's own message if it is safe to quote
 */
export function requireToken({ code, message, response }: TokenAnswer): string {
  if (code === approvedCode && response.token) return response.token;
  if (code === approvedCode) throw new Problem('upstream-refused', `${name} returned 200 without a token.`);
  const quotedMessage = message && isSafeToQuote(message) ? `: ${message}` : '';
  throw new Problem('upstream-refused', `${name} returned 200 with code ${quoteCode(code)}${quotedMessage}.`);
}

/** Returns a code of Izipay for a message. */
function quoteCode(code: string): string {
  return isQuotable(code) && code.length <= longestCode ? code : 'in an unknown format';
}

/**
 * Whether the provider's message may be passed on: short, one line, and without anything that could be a key, a token, an address
 * or an identifying number. A key of Izipay has at least 16 characters.
 */
function isSafeToQuote(message: string): boolean {
  return /^[\p{L}\p{N} .,:;'()/-]{1,120}$/u.test(message) && !/\S{16}|\d{5}/.test(message);
}
