import { version } from '../shared/version.js';
import { readArguments, UsageError } from './arguments.js';
import { check } from './check.js';
import type { Finding } from './finding.js';
import { help } from './help.js';
import { countFindings, formatLine, formatTotal } from './format-report.js';

export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

interface Terminal {
  readonly out: Output;
  readonly err: Output;
}

/** Runs the command and returns its exit code: 0 without problems, 1 with problems, 2 for wrong usage. */
export async function run(args: readonly string[], { out, err }: Terminal): Promise<0 | 1 | 2> {
  try {
    const options = readArguments(args);
    if (typeof options === 'string') {
      out.write(options === 'help' ? help : `${version}\n`);
      return 0;
    }
    const findings: Finding[] = [];
    for await (const finding of check(options)) {
      findings.push(finding);
      if (!options.json) out.write(formatLine(finding, isColoured(out)));
    }
    out.write(options.json ? `${JSON.stringify({ findings, count: countFindings(findings) }, null, 2)}\n` : formatTotal(findings));
    return findings.some(({ level }) => level === 'wrong') ? 1 : 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err.write(`${error.message}\n\n${help}`);
    return 2;
  }
}

function isColoured({ isTTY }: Output): boolean {
  return isTTY === true && !process.env.NO_COLOR;
}
