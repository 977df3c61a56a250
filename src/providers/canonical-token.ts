import * as z from 'zod/mini';

/** Without an offset it would be read in the time zone of whoever reads it. */
const isDate = z.refine<string>(
  (value) => /[tT].*(z|[+-]\d\d:?\d\d)$/i.test(value) && !Number.isNaN(Date.parse(value)),
  'should be a date and time in ISO 8601, with its offset or Z',
);
const notEmpty = z.minLength(1, 'should not be empty');

/** The canonical answer of a token endpoint. A provider's own schema may build on it. */
export const canonicalToken = z.lazy(() =>
  z.pipe(
    z.transform((answer: unknown) => (isRecord(answer) ? named(answer) : answer)),
    z.object({
      token: z.string().check(notEmpty),
      expiresIn: z.optional(z.union([z.number(), z.string().check(z.regex(/^-?\d+(\.\d+)?$/, 'should be seconds'))])),
      expiresAt: z.optional(z.string().check(isDate)),
      environment: z.optional(z.string()),
      provider: z.optional(z.string()),
      config: z.optional(z.record(z.string(), z.unknown())),
    }),
  ),
);

/** Many languages write what they lack as `null`. */
function named(answer: Record<string, unknown>): Record<string, unknown> {
  const { sessionToken, token = sessionToken, ...rest } = Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== null));
  return { ...rest, token };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
