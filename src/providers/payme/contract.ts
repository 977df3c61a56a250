import { looseObject, optional, refine, lazySchema, string, nonEmptyString, custom, type Infer } from '../../shared/zod-schemas.js';

export { hosts, scriptPath, type PaymeEnvironment } from './hosts.js';

/** The header `ALG-API-VERSION` of every call (documentation, "API Nonce"). */
export const apiVersion = '1709847567';

/** Seconds that a nonce lives, counted to the call of `init()` (documentation, "API Nonce": `expires_in: 30`). */
export const nonceLifetime = 30;

/** The states in which Pay-me has finally refused a payment (documentation, "Estados"). */
export const declinedStates: readonly unknown[] = ['DENEGADO', 'INVALIDO', 'CANCELADO', 'EXPIRADO'];

/**
 * Reads the outcome from `transaction.state`, the only field that has it (documentation; `meta.status.code` is technical). Other states
 * are pending, because money may have moved.
 */
export function readTransactionState(state: unknown): 'succeeded' | 'pending' | 'declined' {
  if (state === 'AUTORIZADO') return 'succeeded';
  return declinedStates.includes(state) ? 'declined' : 'pending';
}

const digits = (pattern: RegExp, message: string) => string(refine<string>((value) => pattern.test(value), message));

const payload = () =>
  looseObject({
    action: string(),
    channel: string(),
    merchant_code: nonEmptyString(),
    merchant_operation_number: digits(/^\d{6,12}$/, 'should be 6 to 12 digits'),
    payment_details: looseObject({
      amount: digits(/^\d{1,12}$/, 'should be minor units as a string of digits'),
      currency: digits(/^\d{3}$/, 'should be the numeric code of ISO 4217, three digits'),
      billing: looseObject({}),
    }),
  });

/**
 * The fields of the Flex constructor's `payload` that the form needs to open. Other fields are allowed, because the live library
 * knows more than any copy of its documentation.
 */
export const flexPayload = lazySchema(payload);

/** The config that the form needs to open, merged from the page and the endpoint. */
export const flexConfig = lazySchema(() =>
  looseObject({
    payload: payload(),
    settings: optional(looseObject({})),
    display_settings: optional(looseObject({})),
    i18n: optional(looseObject({})),
  }),
);

export type FlexConfig = Infer<typeof flexConfig>;

/** Pay-me's answer to `POST /nonce`. A 200 may lack the nonce (its OpenAPI does not require it). */
export const nonceAnswer = lazySchema(() =>
  looseObject({
    action: string(),
    success: custom<boolean | string>((input) => /^(true|false)$/.test(String(input)), 'should be boolean'),
    nonce: optional(nonEmptyString()),
    expires_in: optional(custom<number | string>((input) => ['number', 'string'].includes(typeof input), 'should be seconds')),
  }),
);

export type NonceAnswer = Infer<typeof nonceAnswer>;
