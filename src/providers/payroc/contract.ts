import { object, rule, schema, string, text, value, type Read } from '../../shape.js';

/**
 * The library of each environment (documentation, "Create a payment form"). The last part of the version differs by environment:
 * URL, integrity and version change together or not at all.
 */
export const libraries = {
  sandbox: {
    url: 'https://cdn.uat.payroc.com/js/hosted-fields/hosted-fields-1.7.0.261457.js',
    integrity: 'sha384-m1A0nfFYa8sAfpDN0d60o4ztd/aCPC2xDVaOT31Urrmn4xypfHqgHQMayZeIK1PM',
    libVersion: '1.7.0.261457',
  },
  production: {
    url: 'https://cdn.payroc.com/js/hosted-fields/hosted-fields-1.7.0.261471.js',
    integrity: 'sha384-4KD8EaeEaCR2jLV6vnBwfEAEy/o2bR0GkODVpr8iePLTK5eOOmjoPuDVKJ0wM1oP',
    libVersion: '1.7.0.261471',
  },
} as const;

/** Where Payroc lives, and which library belongs there. No page needs to download the hosts. */
export const hosts = {
  sandbox: {
    ...libraries.sandbox,
    api: 'https://api.uat.payroc.com',
    identity: 'https://identity.uat.payroc.com',
  },
  production: {
    ...libraries.production,
    api: 'https://api.payroc.com',
    identity: 'https://identity.payroc.com',
  },
} as const;

export type PayrocEnvironment = keyof typeof hosts;

/** Seconds that a session lives from its creation (seed: "A session token expires after 10 minutes"). */
export const sessionLifetime = 600;

/** `payment` is a sale; `tokenization` saves a card or an account (documentation, "Authenticate your session"). */
export const modes = ['payment', 'tokenization'] as const;

export type PayrocMode = (typeof modes)[number];

/** The keys of each form, all of them required (documentation, "Create a payment form"), in the order in which they are filled in. */
export const formFields = {
  card: ['cardNumber', 'cardholderName', 'expiryDate', 'cvv', 'submit'],
  ach: ['nameOnAccount', 'accountType', 'routingNumber', 'achAccountNumber', 'submit'],
  pad: ['nameOnAccount', 'institutionNumber', 'transitNumber', 'padAccountNumber', 'submit'],
} as const;

export type PayrocForm = keyof typeof formFields;

export type PayrocField = (typeof formFields)[PayrocForm][number];

export const forms = Object.keys(formFields) as PayrocForm[];

/** The answer to `POST …/hosted-fields-sessions` (seed, "Response fields"; the offset of `expiresAt` may be any). */
export const sessionAnswer = schema(() =>
  object({
    processingTerminalId: text(),
    token: text(),
    expiresAt: string(rule<string>((value) => !Number.isNaN(Date.parse(value)), 'should be a date in ISO 8601')),
  }),
);

export type SessionAnswer = Read<typeof sessionAnswer>;

/** An error of Payroc's, as RFC 7807 has it. The slug at the end of `type` says what happened; the rest is prose. */
export const errorAnswer = schema(() =>
  object({
    type: string(rule<string>((value) => value.startsWith('https://docs.payroc.com/api/errors#'), "should be one of Payroc's errors")),
    title: string(),
    status: value<number>(Number.isFinite, 'should be number'),
  }),
);

export type ErrorAnswer = Read<typeof errorAnswer>;
