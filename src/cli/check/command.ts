import type { Command, Output } from '../command.js';
import { check } from './check.js';
import type { Finding } from './finding.js';
import { countFindings, formatLine, formatTotal } from './format-report.js';
import { help } from './help.js';
import { readArguments } from './read-arguments.js';

/** Sends the requests of the element to the endpoints, and those of `serve` to the shop, and reports what is right and wrong. */
export const checkCommand: Command = {
  summary: 'tests endpoints in any language, and a shop behind `serve`',
  help,
  async run(args, { out }) {
    const options = readArguments(args, process.env);
    const findings: Finding[] = [];
    for await (const finding of check(options)) {
      findings.push(finding);
      if (!options.json) out.write(formatLine(finding, isColoured(out)));
    }
    out.write(options.json ? `${JSON.stringify({ findings, count: countFindings(findings) }, null, 2)}\n` : formatTotal(findings));
    return findings.some(({ level }) => level === 'wrong') ? 1 : 0;
  },
};

function isColoured({ isTTY }: Output): boolean {
  return isTTY === true && !process.env.NO_COLOR;
}
