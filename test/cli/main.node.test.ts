import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { builtInNames } from '../../src/providers/built-in.js';
import { header, serve } from './check/support.js';

const { argv, exitCode } = process;

afterEach(() => {
  process.argv = argv;
  process.exitCode = exitCode;
});

/** Runs the command in its own process. */
async function runProcess(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close') as Promise<[code: number]>;
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, out, err };
}

const target = ['--provider', 'payme', '--environment', 'sandbox', '--order', 'A-1001'];

describe('pay-checkout', () => {
  it('exits with 0 if nothing is wrong, and prints no colours into a pipe', async () => {
    const { url } = await serve();
    const { code, out, err } = await runProcess('check', url, ...target);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^ok {7}asked: [^]*, 0 wrong\n$/);
    expect(out).not.toContain('\x1b');
  });

  it('exits with 1 if something is wrong', async () => {
    const { url } = await serve(header('Cache-Control'));
    const { code, out } = await runProcess('check', url, ...target);
    expect([code, out]).toEqual([1, expect.stringMatching(/^wrong {4}cache: [^]*, 1 wrong\n$/m)]);
  });

  it('exits with 2 after a usage error, which it prints to stderr', async () => {
    const { code, out, err } = await runProcess('check', 'https://shop.example/token', '--provider', 'paypal');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`--provider should be one of ${builtInNames.join(', ')}.`);
  });

  it('exits with 141 and prints no error if the reader closes the pipe', async () => {
    const { url } = await serve();
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'check', url, ...target], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    const closed = once(child, 'close') as Promise<[code: number]>;
    const [err, [code]] = await Promise.all([text(child.stderr), closed]);
    expect([code, err]).toEqual([141, '']);
  });

  it('reads its arguments from the command line', async () => {
    process.argv = ['node', 'pay-checkout', '--version'];
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await import('../../src/cli.js');
    expect(write).toHaveBeenCalledWith(expect.stringMatching(/^\d+\.\d+\.\d+\n$/));
    write.mockRestore();
    expect(process.exitCode).toBe(0);
  });
});
