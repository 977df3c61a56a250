/** What an endpoint wrote into a header, fit for a terminal and a log: short, printable, and without what could be a token. */
export function shown(value: string | null): string {
  if (value === null) return 'missing';
  if (value === '') return 'empty';
  const printable = value.replace(/[^\x20-\x7e]/g, '?').replace(/[\w.+=-]{33,}/g, '…');
  return `\`${printable.slice(0, 100)}\``;
}

/** Of a number of ms, seconds with one digit. */
export function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}
