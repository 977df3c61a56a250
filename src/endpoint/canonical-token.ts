import { isRecord } from '../shared/schema.js';
import { object, optional, preprocess, refine, lazySchema, string, nonEmptyString, custom } from '../shared/zod-schemas.js';

/** The canonical answer of a token endpoint. */
export const canonicalToken = lazySchema(() =>
  preprocess(
    (answer) => (isRecord(answer) ? named(answer) : answer),
    object({
      token: nonEmptyString(),
      expiresIn: optional(custom<number | string>(isSeconds, 'should be seconds')),
      expiresAt: optional(string(refine(isDate, 'should be a date and time in ISO 8601, with its offset or Z'))),
      environment: optional(string()),
      provider: optional(string()),
      config: optional(custom<Record<string, unknown>>(isRecord, 'should be object')),
    }),
  ),
);

/** Without an offset, each computer would read it in its own time zone. */
function isDate(value: string): boolean {
  return /t.*(z|[+-]\d\d:?\d\d)$/i.test(value) && !Number.isNaN(Date.parse(value));
}

function isSeconds(value: unknown): boolean {
  return typeof value === 'string' ? /^-?\d+(\.\d+)?$/.test(value) : Number.isFinite(value);
}

/** Many languages write what they lack as `null`. */
function named(answer: Record<string, unknown>): Record<string, unknown> {
  const { sessionToken, token = sessionToken, ...rest } = Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== null));
  return { ...rest, token };
}
