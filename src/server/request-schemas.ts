import * as z from 'zod/mini';

const createName = () => z.string().check(z.minLength(1, 'should not be empty'), z.maxLength(40, 'should have at most 40 characters'));

const createTokenShape = () => ({
  provider: createName(),
  environment: createName(),
  // The order is opaque, but it reaches the merchant's database and logs: limited length, no control characters, no lone surrogates.
  order: z.optional(
    z.string().check(z.regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,256}$/u, 'should have 1 to 256 characters, none of them a control character')),
  ),
});

/** `TokenRequest`, as accepted from a browser. */
export const tokenRequestSchema = z.lazy(() => z.object(createTokenShape()));

/** `OutcomeRequest`, as accepted from a browser. The provider's module checks `raw`. */
export const outcomeRequestSchema = z.lazy(() =>
  z
    .object({
      ...createTokenShape(),
      attempt: z.int().check(z.positive('should be more than 0')),
      result: z.object({
        provider: createName(),
        reference: z.optional(z.string()),
        singleUseToken: z.optional(z.string()),
        raw: z.unknown(),
      }),
    })
    .check(
      z.refine(({ provider, result }) => result.provider === provider, {
        error: 'should be the same as `provider`',
        path: ['result', 'provider'],
      }),
    ),
);
