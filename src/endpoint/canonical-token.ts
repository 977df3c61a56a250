import { isRecord } from '../shared/schema.js';
import { object, optional, preprocess, refine, lazySchema, string, nonEmptyString, custom } from '../shared/zod-schemas.js';

/** Reads the canonical response of a token endpoint. */
export const canonicalToken = preprocess(
  (response) => (isRecord(response) ? normalize(response) : response),
  lazySchema(() =>
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

/** Requires an offset: without one, each computer reads the time in its own zone. */
function isDate(value: string): boolean {
  return /t.*(z|[+-]\d\d:?\d\d)$/i.test(value) && !Number.isNaN(Date.parse(value));
}

function isSeconds(value: unknown): boolean {
  return typeof value === 'string' ? /^-?\d+(\.\d+)?$/.test(value) : Number.isFinite(value);
}

/** Drops keys with `null`, which many languages write for a missing value, and reads `sessionToken` as `token`. */
function normalize(response: Record<string, unknown>): Record<string, unknown> {
  const present = Object.entries(response).filter(([, value]) => value !== null);
  const { sessionToken, token = sessionToken, ...rest } = Object.fromEntries(present);
  return { ...rest, token };
}
