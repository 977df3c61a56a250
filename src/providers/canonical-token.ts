import { isRecord } from '../schema.js';
import { object, optional, rule, schema, string, text, value } from '../shape.js';

/** Without an offset it would be read in the time zone of whoever reads it. */
const isDate = rule<string>(
  (value) => /t.*(z|[+-]\d\d:?\d\d)$/i.test(value) && !Number.isNaN(Date.parse(value)),
  'should be a date and time in ISO 8601, with its offset or Z',
);

/** The canonical answer of a token endpoint. */
export const canonicalToken = schema(
  () =>
    object({
      token: text(),
      expiresIn: optional(value<number | string>(isSeconds, 'should be seconds')),
      expiresAt: optional(string(isDate)),
      environment: optional(string()),
      provider: optional(string()),
      config: optional(value<Record<string, unknown>>(isRecord, 'should be object')),
    }),
  (answer) => (isRecord(answer) ? named(answer) : answer),
);

function isSeconds(value: unknown): boolean {
  return typeof value === 'string' ? /^-?\d+(\.\d+)?$/.test(value) : Number.isFinite(value);
}

/** Many languages write what they lack as `null`. */
function named(answer: Record<string, unknown>): Record<string, unknown> {
  const { sessionToken, token = sessionToken, ...rest } = Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== null));
  return { ...rest, token };
}
