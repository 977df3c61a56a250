import type { Finding, Level } from './finding.js';

const colours: Readonly<Record<Level, number>> = { ok: 32, warning: 33, wrong: 31 };

/** One line for one finding. */
export function lineOf({ level, check, message }: Finding, coloured: boolean): string {
  const word = level.padEnd(7);
  return `${coloured ? `\x1b[${colours[level]}m${word}\x1b[0m` : word}  ${check}: ${message}\n`;
}

export function countOf(findings: readonly Finding[]): Record<Level, number> {
  const of = (level: Level) => findings.filter((finding) => finding.level === level).length;
  return { ok: of('ok'), warning: of('warning'), wrong: of('wrong') };
}

/** The last line. */
export function totalOf(findings: readonly Finding[]): string {
  const { ok, warning, wrong } = countOf(findings);
  return `\n${ok} ok, ${warning} ${warning === 1 ? 'warning' : 'warnings'}, ${wrong} wrong\n`;
}
