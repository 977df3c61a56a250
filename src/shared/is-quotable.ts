/**
 * Checks that a message may quote a value from outside: an error code, a name, a path or a media type. A value that could be a
 * secret fails: longer than 35 characters (a UUID has 36), a JWT, or 12 digits in a row (a card number).
 */
export function isQuotable(value: unknown): value is string {
  return typeof value === 'string' && /^(?!eyJ|.*\d{12})[\w.#/+[\]-]{1,35}$/.test(value);
}
