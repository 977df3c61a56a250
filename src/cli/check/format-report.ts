import type { Finding, Level } from './finding.js';

const colours: Readonly<Record<Level, number>> = { ok: 32, warning: 33, wrong: 31 };

export function formatLine({ level, check, message }: Finding, coloured: boolean): string {
  const word = level.padEnd(7);
  return `${coloured ? `\x1b[${colours[level]}m${word}\x1b[0m` : word}  ${check}: ${message}\n`;
}

export function countFindings(findings: readonly Finding[]): Record<Level, number> {
  const of = (level: Level) => findings.filter((finding) => finding.level === level).length;
  return { ok: of('ok'), warning: of('warning'), wrong: of('wrong') };
}

/** Formats the last line of the report. */
export function formatTotal(findings: readonly Finding[]): string {
  const { ok, warning, wrong } = countFindings(findings);
  return `\n${ok} ok, ${warning} ${warning === 1 ? 'warning' : 'warnings'}, ${wrong} wrong\n`;
}
