/** Seconds. No lifetime is longer here, whatever a response says. */
const maxSeconds = 24 * 60 * 60;

/**
 * Reads the lifetime in a provider's response: a number of seconds, or its digits as a string. Never returns `NaN`, less than 0 or more
 * than a day.
 *
 * @param fallback seconds, if the value is missing or is not a number
 */
export function readSeconds(value: unknown, fallback: number): number {
  const seconds = typeof value === 'number' || isNumeral(value) ? Number(value) : NaN;
  return Number.isNaN(seconds) ? fallback : Math.min(Math.max(seconds, 0), maxSeconds);
}

function isNumeral(value: unknown): boolean {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
}
