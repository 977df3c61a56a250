import { looseObject, optional, preprocess, lazySchema, string, nonEmptyString, custom, type Infer } from '../../shared/zod-schemas.js';
import { readJwtClaims } from '../../shared/jwt-claims.js';

export { hosts, scriptPath, type IzipayEnvironment } from './hosts.js';

export const tokenPath = '/security/v1/Token/Generate';

/** Seconds that a session token lives (seed, "Generar Token de Sesión": 15 minutes). */
export const tokenLifetime = 900;

/** The only `code` of a success (seed; documentation, "Validación de firma"). */
export const approvedCode = '00';

/** Codes without a signature that leave open whether money moved (documentation, "Validación de firma"). */
export const undecidedCodes: readonly unknown[] = ['021', 'COMMUNICATION_ERROR'];

/** Izipay's answer to `Token/Generate`. An older guide writes its keys with capitals. A refusal has no `token`. */
export const tokenAnswer = lazySchema(() =>
  preprocess(
    (answer) => {
      const { response, ...rest } = lowerFirstLetters(answer);
      return { ...rest, response: lowerFirstLetters(response) };
    },
    looseObject({ code: string(), message: optional(string()), response: looseObject({ token: optional(string()) }) }),
  ),
);

export type TokenAnswer = Infer<typeof tokenAnswer>;

function lowerFirstLetters(value: unknown): Record<string, unknown> {
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
