import * as z from 'zod/mini';
import { check } from '../../../server/check.js';
import { Problem } from '../../../server/problem.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { approved, hosts, tokenAnswer, tokenPath, type IzipayEnvironment, type TokenAnswer } from '../contract.js';
import { isQuotable } from '../../../shared/is-quotable.js';

/** A merchant's account at Izipay, from "Recursos/Credenciales" of its panel. The browser sees `merchantCode` and `keyRSA`, and never the others. */
export interface IzipayOptions {
  readonly merchantCode: string;
  /** The "Clave API Nuevo Botón de Pagos". It makes tokens, so it is a secret, whatever its name says. */
  readonly publicKey: string;
  /** The "clave hash", which results are signed with. */
  readonly hashKey: string;
  /** Izipay's RSA public key, which the library asks for. */
  readonly keyRSA: string;
  /** Where `pay.notifications.izipay` stands, for Izipay to tell it what came of a payment. */
  readonly notificationUrl?: string;
  /** Where `pay.returns.izipay` stands: the shopper then leaves for Izipay's page, and comes back there. */
  readonly returnUrl?: string;
}

/** What a token is made for, and bound to. */
export interface TokenOrder {
  readonly transactionId: string;
  readonly orderNumber: string;
  readonly amount: string;
}

/** Characters, from `least` to `most`. */
export const sized = (least: number, most: number) =>
  z.string().check(z.minLength(least, lengthRule(least, most)), z.maxLength(most, lengthRule(least, most)));

function lengthRule(least: number, most: number): string {
  return `should have ${least} to ${most} characters`;
}

/** The table "Encabezados" of the seed; letters and digits by the documentation, "Transacción". */
const tokenHeaders = z.lazy(() =>
  z.object({
    transactionId: sized(5, 40).check(z.regex(/^[0-9A-Za-z]*$/, 'should be letters and digits')),
  }),
);

/** The table "Cuerpo de la Solicitud" of the seed. */
export const tokenBody = z.lazy(() =>
  z.object({
    requestSource: z.enum(['ECOMMERCE', 'REFUND']),
    merchantCode: sized(1, 15),
    orderNumber: sized(5, 15),
    publicKey: sized(16, 400),
    amount: sized(4, 13).check(z.regex(/^\d+\.\d{2}$/, 'should have two decimals after a point, and no mark for thousands')),
  }),
);

const name = `Izipay POST ${tokenPath}`;

/**
 * `POST /security/v1/Token/Generate` (seed, "Generar Token de Sesión").
 *
 * @throws {Problem} `order` where the amount is none that Izipay takes
 */
export function tokenCall(environment: IzipayEnvironment, account: IzipayOptions, order: TokenOrder): UpstreamCall<TokenAnswer> {
  const { merchantCode, publicKey } = account;
  const { transactionId, orderNumber, amount } = order;
  const headers = check('upstream-request', tokenHeaders, { transactionId }, `${name}, headers`);
  const body = { requestSource: 'ECOMMERCE', merchantCode, orderNumber, publicKey, amount };
  return {
    name,
    method: 'POST',
    url: `${hosts[environment].api}${tokenPath}`,
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', ...headers },
    // Of all these only the amount comes from the order as it is.
    body: check('order', tokenBody, body, name),
    answer: tokenAnswer,
  };
}

/**
 * The token of an answer. A 200 may say that it failed.
 *
 * @throws {Problem} `upstream-refused`, with Izipay's own words where they are safe
 */
export function tokenOf({ code, message, response }: TokenAnswer): string {
  if (code === approved && response.token) return response.token;
  const said = code === approved ? 'but without a token' : `with code ${isQuotable(code) ? code : 'of another shape'}`;
  const words = message && code !== approved && isSafe(message) ? `: ${message}` : '';
  throw new Problem('upstream-refused', `${name} was answered with 200, ${said}${words}.`);
}

/**
 * Whether the provider's words may be passed on: short, one line, and nothing in them that could be a key, a token, an address
 * or a number of anything. A key of Izipay has at least 16 characters.
 */
function isSafe(words: string): boolean {
  return /^[\p{L}\p{N} .,:;'()/-]{1,120}$/u.test(words) && !/\S{16}|\d{5}/.test(words);
}
