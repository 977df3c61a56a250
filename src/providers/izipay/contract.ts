import { looseObject, optional, preprocess, lazySchema, string, nonEmptyString, custom, type Infer } from '../../shared/zod-schemas.js';
import { readJwtClaims } from '../../shared/jwt-claims.js';

export { hosts, scriptPath, type IzipayEnvironment } from './hosts.js';

export const tokenPath = '/security/v1/Token/Generate';

/** Seconds that a session token lives (seed, "Generar Token de Sesión": 15 minutes). */
export const tokenLifetime = 900;

/** The only `code` of a success (seed; documentation, "Validación de firma"). */
export const approvedCode = '00';

/** Codes that leave open whether money moved (documentation, "Validación de firma"). Izipay does not sign them. */
export const undecidedCodes: readonly unknown[] = ['021', 'COMMUNICATION_ERROR'];

/** The shopper closed the form. This code is in no documentation that we could read, but in the code of two merchants. */
export const closedCode = 'P54';

const declineCodes = /^(T(?!00)([0-2]\d|3[0-3])|P(?!00)([0-2]\d|3[0-4])|A(?!0[01])\d\d|Y(?!0[0-5])\d\d|007)$/;

/** Whether the `stateMessage` of a payment says that it was declined. In any case: an older guide capitalizes even the keys. */
export function isDenied(stateMessage: unknown): boolean {
  return typeof stateMessage === 'string' && /^denegado$/i.test(stateMessage);
}

/**
 * Whether Izipay declined the payment: by a code of its families (documentation, "Validación de firma"), or by its state.
 *
 * @param denied whether the state says so. It decides nothing beside a code that approves, or that leaves the payment open
 */
export function isDeclined(code: unknown, denied: boolean): boolean {
  if (typeof code === 'string' && declineCodes.test(code)) return true;
  return denied && code !== approvedCode && !undecidedCodes.includes(code);
}

/** Izipay's answer to `Token/Generate`. A refusal has no `token`. */
export const tokenAnswer = preprocess(
  (answer) => {
    const { response, ...rest } = lowerFirstLetters(answer);
    return { ...rest, response: lowerFirstLetters(response) };
  },
  lazySchema(() => looseObject({ code: string(), message: optional(string()), response: looseObject({ token: optional(string()) }) })),
);

export type TokenAnswer = Infer<typeof tokenAnswer>;

/** An older guide writes the keys with capitals. */
export function lowerFirstLetters(value: unknown): Record<string, unknown> {
  const entries = Object.entries(Object(value) as Record<string, unknown>);
  return Object.fromEntries(entries.map(([key, inner]) => [key.charAt(0).toLowerCase() + key.slice(1), inner]));
}

const nonEmpty = () => custom<string | number>((one) => (typeof one === 'string' ? one !== '' : Number.isFinite(one)), 'should be given');

/**
 * The config that the form needs to open, merged from the page and the endpoint: the fields that the library requires (*measured in
 * the September 2025 build*), and `keyRSA`. Other fields are allowed, because live scripts know more than any copy of them.
 */
export const izipayConfig = lazySchema(() =>
  looseObject({
    keyRSA: nonEmptyString(),
    transactionId: nonEmpty(),
    action: nonEmpty(),
    merchantCode: nonEmpty(),
    order: looseObject({
      orderNumber: nonEmpty(),
      amount: nonEmpty(),
      processType: nonEmpty(),
      merchantBuyerId: nonEmpty(),
      dateTimeTransaction: nonEmpty(),
    }),
    render: optional(looseObject({ typeForm: optional(string()) })),
    language: optional(looseObject({})),
  }),
);

export type IzipayConfig = Infer<typeof izipayConfig>;

/** Returns the seconds from `iat` to `exp` if the token is a JWT that has both. It uses no clock. */
export function readTokenLifetime(token: string): number | undefined {
  const { exp, iat } = readJwtClaims(token);
  return typeof exp === 'number' && typeof iat === 'number' ? exp - iat : undefined;
}
