import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { builtInNames } from '../../src/providers/built-in.js';
import { header, serve } from './support.js';

const { argv, exitCode } = process;

afterEach(() => {
  process.argv = argv;
  process.exitCode = exitCode;
});

/** The command as a process of its own. */
async function pay(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close') as Promise<[code: number]>;
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, out, err };
}

const asked = ['--provider', 'payme', '--environment', 'sandbox', '--order', 'A-1001'];

describe('the process', () => {
  it('ends with 0 where nothing is wrong, without colours where nobody looks', async () => {
    const { url } = await serve();
    const { code, out, err } = await pay('check', url, ...asked);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^ok {7}asked: [^]*, 0 wrong\n$/);
    expect(out).not.toContain('\x1b');
  });

  it('ends with 1 where something is wrong', async () => {
    const { url } = await serve(header('Cache-Control'));
    const { code, out } = await pay('check', url, ...asked);
    expect([code, out]).toEqual([1, expect.stringMatching(/^wrong {4}cache: [^]*, 1 wrong\n$/m)]);
  });

  it('ends with 2 where it was not understood, and says so beside the report', async () => {
    const { code, out, err } = await pay('check', 'https://shop.example/token', '--provider', 'paypal');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`--provider should be one of ${builtInNames.join(', ')}.`);
  });

  it('ends quietly where nobody reads any more', async () => {
    const { url } = await serve();
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'check', url, ...asked], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    const closed = once(child, 'close') as Promise<[code: number]>;
    const [err, [code]] = await Promise.all([text(child.stderr), closed]);
    expect([code, err]).toEqual([141, '']);
  });

  it('takes its arguments from the command line', async () => {
    process.argv = ['node', 'pay-checkout', '--version'];
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await import('../../src/cli.js');
    expect(write).toHaveBeenCalledWith(expect.stringMatching(/^\d+\.\d+\.\d+\n$/));
    write.mockRestore();
    expect(process.exitCode).toBe(0);
  });
});
