import { isRecord } from '../../../shared/schema.js';

/** Peru's offset, all year round. */
const lima = '-05:00';

/** Milliseconds since the epoch: the years from 2001 to 2286. Outside of them, the number has another unit or is no date. */
const [earliest, latest] = [1e12, 1e13];

/**
 * Reads a date of Pay-me's record: `{utc_time, unix_time}`. `unix_time` comes first, because `utc_time` is documented with a `Z`, with an
 * offset, and without both.
 *
 * @returns ISO 8601 with its offset, or `undefined` for any other shape
 */
export function readDate(date: unknown): string | undefined {
  if (!isRecord(date)) return undefined;
  const ms = Math.floor(Number(date.unix_time) * 1000);
  if (ms > earliest && ms < latest) return new Date(ms).toISOString();
  return readIsoDate(date.utc_time, 'Z');
}

/** Reads a date of a processor, which is Lima's time unless it has an offset: `17-01-2024 12:27:46` or `2024-06-24T11:01:20-05:00`. */
export function readProcessorDate(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  return readIsoDate(text.replace(/^(\d\d)-(\d\d)-(\d{4})/, '$3-$2-$1'), lima);
}

/** Drops fractions of a second, which are documented with three and with six digits. */
function readIsoDate(text: unknown, defaultOffset: string): string | undefined {
  const pattern = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
  const [, day, time, offset = defaultOffset] = pattern.exec(String(text)) ?? [];
  const date = `${day}T${time}${offset}`;
  return Number.isNaN(Date.parse(date)) ? undefined : date;
}
