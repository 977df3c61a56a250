import * as z from 'zod/mini';

const createName = () => z.string().check(z.minLength(1, 'should not be empty'), z.maxLength(40, 'should have at most 40 characters'));

/**
 * The order is opaque, but it reaches the merchant's database and logs, where two orders should not look the same. Letters, marks, digits,
 * punctuation and symbols of any script are allowed, and ASCII spaces between them. Refused are control characters, lone surrogates, marks
 * of the writing direction, and characters that are invisible or unassigned (`\p{C}`, `\p{DI}`), and all other blanks (`\p{Z}`, U+2800).
 */
const orderFormat = /^(?! |.* $)(?:[^\p{C}\p{DI}\p{Z}\u2800]| ){1,256}$/u;

const createTokenShape = () => ({
  provider: createName(),
  environment: createName(),
  order: z.optional(z.string().check(z.regex(orderFormat, 'should have 1 to 256 visible characters, with spaces only between them'))),
});

/** `TokenRequest`, as accepted from a browser. */
export const tokenRequestSchema = z.lazy(() => z.object({ ...createTokenShape(), fallback: z.optional(z.literal(true)) }));

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
