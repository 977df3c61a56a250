import { looseObject, optional, rule, schema, string, text, value, type Read } from '../../shape.js';

/** Where the library and its style sheet come from; apart from the other hosts, which no page needs to download. */
export const assetHosts = { sandbox: 'https://flex.dev.pay-me.cloud', production: 'https://flex.alignet.io' } as const;

/** Where Pay-me lives. There is no separate sandbox host: what the library calls "dev" is what the documentation publishes for pre-production. */
export const hosts = {
  sandbox: {
    assets: assetHosts.sandbox,
    auth: 'https://auth.preprod.alignet.io',
    api: 'https://api.preprod.alignet.io',
    /** The value of the seed, with its slash. */
    audience: 'https://api.preprod.alignet.io/',
    /** What the library itself calls; compiled into its bundle (read in the bundle of March 2026). */
    capture: 'https://api.dev.alignet.io',
  },
  production: {
    assets: assetHosts.production,
    auth: 'https://auth.alignet.io',
    api: 'https://api.alignet.io',
    audience: 'https://api.alignet.io/',
    capture: 'https://api.alignet.io',
  },
} as const;

export type PaymeEnvironment = keyof typeof hosts;

/** The header `ALG-API-VERSION` of every call (documentation, "API Nonce"). */
export const apiVersion = '1709847567';

/** Seconds that a nonce lives, counted to the call of `init()` (documentation, "API Nonce": `expires_in: 30`). */
export const nonceLifetime = 30;

/** What `transaction.state` says came of the payment; the only field that tells (documentation; `meta.status.code` is technical). */
export function outcomeOfState(state: unknown): 'succeeded' | 'pending' | 'declined' {
  if (state === 'AUTORIZADO') return 'succeeded';
  return !state || state === 'PENDIENTE' || state === 'REGISTRADO' ? 'pending' : 'declined';
}

const digits = (pattern: RegExp, words: string) => string(rule<string>((value) => pattern.test(value), words));

const payload = () =>
  looseObject({
    action: string(),
    channel: string(),
    merchant_code: text(),
    merchant_operation_number: digits(/^\d{6,12}$/, 'should be 6 to 12 digits'),
    payment_details: looseObject({
      amount: digits(/^\d{1,12}$/, 'should be minor units as a string of digits'),
      currency: digits(/^\d{3}$/, 'should be the numeric code of ISO 4217, three digits'),
      billing: looseObject({}),
    }),
  });

/**
 * The `payload` of the Flex constructor, as far as it must be right for the form to open. Open on purpose: the live
 * library knows more fields than any copy of its documentation.
 */
export const flexPayload = schema(payload);

/** What the page and the endpoint together must give for the form to open. */
export const flexConfig = schema(() =>
  looseObject({
    payload: payload(),
    settings: optional(looseObject({})),
    display_settings: optional(looseObject({})),
    i18n: optional(looseObject({})),
  }),
);

export type FlexConfig = Read<typeof flexConfig>;

/** Pay-me's answer to `POST /nonce`. A 200 may lack the nonce (its OpenAPI does not require it). */
export const nonceAnswer = schema(() =>
  looseObject({
    action: string(),
    success: value<boolean | string>((said) => /^(true|false)$/.test(String(said)), 'should be boolean'),
    nonce: optional(text()),
    expires_in: optional(value<number | string>((said) => ['number', 'string'].includes(typeof said), 'should be seconds')),
  }),
);

export type NonceAnswer = Read<typeof nonceAnswer>;
