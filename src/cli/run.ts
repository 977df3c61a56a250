import { version } from '../shared/version.js';
import { readArguments, UsageError } from './arguments.js';
import { check } from './check.js';
import type { Finding } from './finding.js';
import { help } from './help.js';
import { countOf, lineOf, totalOf } from './report.js';

export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

interface Terminal {
  readonly out: Output;
  readonly err: Output;
}

/** Runs the command, and returns its exit code. */
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
      if (!options.json) out.write(lineOf(finding, isColoured(out)));
    }
    out.write(options.json ? `${JSON.stringify({ findings, count: countOf(findings) }, null, 2)}\n` : totalOf(findings));
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
