import * as z from 'zod/mini';

const name = () => z.string().check(z.minLength(1, 'should not be empty'), z.maxLength(40, 'should have at most 40 characters'));

const createTokenShape = () => ({
  provider: name(),
  environment: name(),
  // Opaque, but it reaches the merchant's database and log: nothing endless, no control characters, no half of a character.
  order: z.optional(
    z.string().check(z.regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,256}$/u, 'should have 1 to 256 characters, none of them a control character')),
  ),
});

/** `TokenRequest`, as it is believed of a browser. */
export const tokenRequestSchema = z.lazy(() => z.object(createTokenShape()));

/** `OutcomeRequest`, as it is believed of a browser. What `raw` holds is for the provider to check. */
export const outcomeRequestSchema = z.lazy(() =>
  z
    .object({
      ...createTokenShape(),
      attempt: z.int().check(z.positive('should be more than 0')),
      result: z.object({
        provider: name(),
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
