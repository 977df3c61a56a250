import * as z from 'zod/mini';

export { hosts, scriptPath, type PaymeEnvironment } from './hosts.js';

/** The header `ALG-API-VERSION` of every call (documentation, "API Nonce"). */
export const apiVersion = '1709847567';

/** Seconds that a nonce lives, counted to the call of `init()` (documentation, "API Nonce": `expires_in: 30`). */
export const nonceLifetime = 30;

/** What `transaction.state` says came of the payment; the only field that tells (documentation; `meta.status.code` is technical). */
export function outcomeOfState(state: string | undefined): 'succeeded' | 'pending' | 'declined' {
  if (state === 'AUTORIZADO') return 'succeeded';
  return !state || state === 'PENDIENTE' || state === 'REGISTRADO' ? 'pending' : 'declined';
}

export const text = () => z.string().check(z.minLength(1, 'should not be empty'));
const digits = (pattern: RegExp, rule: string) => z.string().check(z.regex(pattern, rule));

/**
 * The `payload` of the Flex constructor, as far as it must be right for the form to open. Open on purpose: the live
 * library knows more fields than any copy of its documentation.
 */
export const flexPayload = z.lazy(() =>
  z.looseObject({
    action: z.string(),
    channel: z.string(),
    merchant_code: text(),
    merchant_operation_number: digits(/^\d{6,12}$/, 'should be 6 to 12 digits'),
    payment_details: z.looseObject({
      amount: digits(/^\d{1,12}$/, 'should be minor units as a string of digits'),
      currency: digits(/^\d{3}$/, 'should be the numeric code of ISO 4217, three digits'),
      billing: z.looseObject({}),
    }),
  }),
);

/** What the page and the endpoint together must give for the form to open. */
export const flexConfig = z.lazy(() =>
  z.looseObject({
    payload: flexPayload,
    settings: z.optional(z.looseObject({})),
    display_settings: z.optional(z.looseObject({})),
    i18n: z.optional(z.looseObject({})),
  }),
);

export type FlexConfig = z.infer<typeof flexConfig>;

/** Pay-me's answer to `POST /nonce`. A 200 may lack the nonce (its OpenAPI does not require it). */
export const nonceAnswer = z.lazy(() =>
  z.looseObject({
    action: z.string(),
    success: z.union([z.boolean(), z.enum(['true', 'false'])]),
    nonce: z.optional(text()),
    expires_in: z.optional(z.union([z.number(), z.string()])),
    nonce_creation: z.optional(
      z.looseObject({
        meta: z.optional(
          z.looseObject({
            status: z.optional(
              z.looseObject({
                code: z.optional(z.string()),
                message_ilgn: z.optional(z.array(z.looseObject({ value: z.optional(z.string()) }))),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
);

/** The result that the form and `GET /charges` report, as far as we read it. */
export const flexResult = z.lazy(() =>
  z.looseObject({
    merchant_operation_number: z.optional(z.string()),
    transaction: z.optional(
      z.looseObject({ transaction_id: z.optional(z.string()), state: z.optional(z.string()), state_reason: z.optional(z.string()) }),
    ),
  }),
);
