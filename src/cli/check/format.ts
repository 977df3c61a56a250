/** Quotes a header value so that it is safe in a terminal and a log: short, printable, and without anything that could be a token. */
export function formatHeader(value: string | null): string {
  if (value === null) return 'missing';
  if (value === '') return 'empty';
  const printable = value.replace(/[^\x20-\x7e]/g, '?').replace(/[\w.+=-]{33,}/g, '…');
  return `\`${printable.slice(0, 100)}\``;
}

/** Converts milliseconds to seconds with one decimal place. */
export function formatSeconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}

/** A key is part of the body, so a key that does not look like a name is hidden. */
export function formatKey(key: string): string {
  return /^([\w$-]{1,32}|\[\])$/.test(key) ? key : '…';
}
