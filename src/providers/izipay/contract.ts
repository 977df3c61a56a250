import { looseObject, optional, preprocess, lazySchema, string, nonEmptyString, custom, type Infer } from '../../shared/zod-schemas.js';
import { readJwtClaims } from '../../shared/jwt-claims.js';

export { hosts, scriptPath, type IzipayEnvironment } from './hosts.js';

export const tokenPath = '/security/v1/Token/Generate';

/** Seconds that a session token lives (seed, "Generar Token de Sesión": 15 minutes). */
export const tokenLifetime = 900;

/** The only `code` that means that it went well (seed; documentation, "Validación de firma"). */
export const approved = '00';

/** Codes that come without a signature and say nothing of the money (documentation, "Validación de firma"). */
export const undecided: readonly unknown[] = ['021', 'COMMUNICATION_ERROR'];

/** Izipay's answer to `Token/Generate`, whose keys an older guide writes with capitals. `token` is missing where it refused. */
export const tokenAnswer = lazySchema(() =>
  preprocess(
    (answer) => {
      const { response, ...rest } = withSmallKeys(answer);
      return { ...rest, response: withSmallKeys(response) };
    },
    looseObject({ code: string(), message: optional(string()), response: looseObject({ token: optional(string()) }) }),
  ),
);

export type TokenAnswer = Infer<typeof tokenAnswer>;

function withSmallKeys(value: unknown): Record<string, unknown> {
  const entries = Object.entries(Object(value) as Record<string, unknown>);
  return Object.fromEntries(entries.map(([key, inner]) => [key.charAt(0).toLowerCase() + key.slice(1), inner]));
}

const given = () => custom<string | number>((one) => (typeof one === 'string' ? one !== '' : Number.isFinite(one)), 'should be given');

/**
 * What the page and the endpoint together must give for the form to open: what the library insists on (*measured in the
 * September 2025 build*), and `keyRSA`. Open on purpose: live scripts know fields that no copy of them does.
 */
export const izipayConfig = lazySchema(() =>
  looseObject({
    keyRSA: nonEmptyString(),
    transactionId: given(),
    action: given(),
    merchantCode: given(),
    order: looseObject({
      orderNumber: given(),
      amount: given(),
      processType: given(),
      merchantBuyerId: given(),
      dateTimeTransaction: given(),
    }),
    render: optional(looseObject({ typeForm: optional(string()) })),
    language: optional(looseObject({})),
  }),
);

export type IzipayConfig = Infer<typeof izipayConfig>;

/** Seconds from `iat` to `exp`, where the token is a JWT that says so; no clock has a part in it. */
export function lifetimeOfToken(token: string): number | undefined {
  const { exp, iat } = readJwtClaims(token);
  return typeof exp === 'number' && typeof iat === 'number' ? exp - iat : undefined;
}
