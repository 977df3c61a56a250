/**
 * Checks that a message may quote a value from outside: an error code, a name, a path or a media type. A value that could be a
 * secret fails: a JWT, 12 digits in a row (a card number), or more than `maxLength` characters. A UUID has 36.
 */
export function isQuotable(value: unknown, maxLength = 35): value is string {
  return typeof value === 'string' && value.length <= maxLength && /^(?!eyJ|.*\d{12})[\w.#/+[\]-]+$/.test(value);
}
