import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.js';
import { run } from '../../src/cli/run.js';
import { version } from '../../src/shared/version.js';

const names = Object.keys(commands);

async function runHere(...args: string[]) {
  const texts = { out: '', err: '' };
  const code = await run(args, {
    out: { write: (text) => (texts.out += text) },
    err: { write: (text) => (texts.err += text) },
  });
  return { code, ...texts };
}

describe('run', () => {
  it('lists the commands for --help, with one line for each', async () => {
    const { code, out } = await runHere('--help');
    expect(code).toBe(0);
    for (const name of names) expect(out).toMatch(new RegExp(`^  ${name} +\\S.*$`, 'm'));
  });

  it.each([['--version'], ['check', '--version']])('prints the version for %s %s', async (...args) => {
    expect(await runHere(...args)).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it('names the commands if the first argument is none', async () => {
    const { code, out, err } = await runHere('pay');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`Expected one of the commands ${names.join(', ')}, but found "pay".`);
  });

  it('names the commands if there is no argument', async () => {
    expect((await runHere()).err).toContain(`Expected one of the commands ${names.join(', ')}.`);
  });

  it.each(names)('prints the help of %s', async (name) => {
    const { code, out } = await runHere(name, '--help');
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^pay-checkout ${name}`));
  });
});
