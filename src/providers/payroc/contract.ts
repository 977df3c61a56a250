import { object, refine, lazySchema, string, nonEmptyString, custom, type Infer } from '../../shared/zod-schemas.js';

export { hosts, type PayrocEnvironment } from './hosts.js';

/** Seconds that a session lives from its creation (seed: "A session token expires after 10 minutes"). */
export const sessionLifetime = 600;

/** `payment` is a sale; `tokenization` saves a card or an account (documentation, "Authenticate your session"). */
export const modes = ['payment', 'tokenization'] as const;

export type PayrocMode = (typeof modes)[number];

/** The fields of each form, all required (documentation, "Create a payment form"), in the order in which the shopper fills them in. */
export const formFields = {
  card: ['cardNumber', 'cardholderName', 'expiryDate', 'cvv', 'submit'],
  ach: ['nameOnAccount', 'accountType', 'routingNumber', 'achAccountNumber', 'submit'],
  pad: ['nameOnAccount', 'institutionNumber', 'transitNumber', 'padAccountNumber', 'submit'],
} as const;

export type PayrocForm = keyof typeof formFields;

export type PayrocField = (typeof formFields)[PayrocForm][number];

export const forms = Object.keys(formFields) as PayrocForm[];

/** The answer to `POST …/hosted-fields-sessions` (seed, "Response fields"; the offset of `expiresAt` may be any). */
export const sessionAnswer = lazySchema(() =>
  object({
    processingTerminalId: nonEmptyString(),
    token: nonEmptyString(),
    expiresAt: string(refine<string>((value) => !Number.isNaN(Date.parse(value)), 'should be a date in ISO 8601')),
  }),
);

export type SessionAnswer = Infer<typeof sessionAnswer>;

/** An error of Payroc's, in the format of RFC 7807. The slug at the end of `type` says what happened; the rest is prose. */
export const errorAnswer = lazySchema(() =>
  object({
    type: string(refine<string>((value) => value.startsWith('https://docs.payroc.com/api/errors#'), "should be one of Payroc's errors")),
    title: string(),
    status: custom<number>(Number.isFinite, 'should be number'),
  }),
);

export type ErrorAnswer = Infer<typeof errorAnswer>;
