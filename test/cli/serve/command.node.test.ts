import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../../src/cli/run.js';
import { deferred } from '../../support/deferred.js';
import { atEnd } from '../../serve/support.js';
import { variables } from './support.js';

type StartModule = typeof import('../../../src/serve/start-process.js');

const { started, signal, control } = vi.hoisted(() => ({
  started: { resolve: () => {} },
  signal: { promise: Promise.resolve('SIGTERM') },
  control: { wrapClose: (close: () => Promise<void>) => close },
}));

vi.mock('../../../src/cli/wait-for-signal.js', () => ({
  waitForSignal() {
    started.resolve();
    return signal.promise;
  },
}));
vi.mock('../../../src/serve/start-process.js', async (importOriginal) => {
  const { startProcess } = await importOriginal<StartModule>();
  const start: StartModule['startProcess'] = async (...args) => {
    const running = await startProcess(...args);
    return { ...running, close: control.wrapClose(() => running.close()) };
  };
  return { startProcess: start };
});

const folder = mkdtempSync(join(tmpdir(), 'pay-checkout-'));

beforeEach(() => {
  for (const [name, value] of Object.entries({ ...variables, PAY_LOG_LEVEL: 'silent' })) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  vi.restoreAllMocks();
  control.wrapClose = (close) => close;
});

async function serve(...args: string[]) {
  const texts = { out: '', err: '' };
  const code = await run(['serve', ...args], {
    out: { write: (text) => (texts.out += text) },
    err: { write: (text) => (texts.err += text) },
  });
  return { code, ...texts };
}

/** Writes a JSON file, and returns its path. */
function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('serve --check', () => {
  it('lists the providers with their environments, and ends with 0', async () => {
    vi.stubEnv('PAYROC_ENVIRONMENT', 'production');
    expect(await serve('--check')).toEqual({ code: 0, out: 'The configuration is valid. Providers: payroc (production).\n', err: '' });
  });

  it('warns of variables without effect', async () => {
    vi.stubEnv('PAY_ORIGIN', 'https://a.example');
    const { code, out } = await serve('--check');
    expect(code).toBe(0);
    expect(out).toMatch(/\nwarning: The variable PAY_ORIGIN has no effect\. Check its name in docs\/serve\.md\.\n$/);
  });

  it('lists each mistake, and ends with 1', async () => {
    vi.stubEnv('PAY_ORDER_URL', '');
    vi.stubEnv('PAY_BACKEND_SECRET', 'short');
    const { code, out, err } = await serve('--check');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(
      /^pay-checkout serve cannot start:\n {2}- PAY_ORDER_URL is missing\..*\n {2}- PAY_BACKEND_SECRET should have .*\n$/,
    );
    expect(err).not.toContain('short');
  });

  it('reads the file of --config', async () => {
    vi.stubEnv('PAY_ENVIRONMENT', undefined);
    const file = write('good.json', JSON.stringify({ environment: 'production' }));
    expect(await serve('--check', '--config', file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('payroc (production)') as string,
    });
  });
});

describe('arguments of serve', () => {
  it.each([
    [
      ['--config', join(folder, 'missing.json')],
      `--config should name a JSON file, but reading ${JSON.stringify(join(folder, 'missing.json'))} failed: ENOENT.`,
    ],
    [['extra'], 'Expected `pay-checkout serve` without other arguments than options.'],
    [['--colour'], "Unknown option '--colour'"],
    [['--config'], "Option '--config <value>' argument missing"],
  ])('%j end with 2, the mistake and the help', async (args, mistake) => {
    const { code, out, err } = await serve(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(mistake);
    expect(err).toContain('pay-checkout serve [options]');
  });

  it('must name a file of JSON, which no message quotes', async () => {
    const file = write('bad.json', '{"backendSecret": "a secret"');
    const { code, err } = await serve('--config', file);
    expect(code).toBe(2);
    expect(err).toContain(`--config should name a JSON file, but reading ${JSON.stringify(file)} failed: it is not JSON.`);
    expect(err).not.toContain('a secret');
  });
});

describe('serve', () => {
  it('ends with 0 after the signal', async () => {
    const [start, stop] = [deferred(), deferred<string>()];
    Object.assign(started, { resolve: start.resolve });
    signal.promise = stop.promise;
    const ended = serve();
    await start.promise;
    stop.resolve('SIGTERM');
    expect(await ended).toEqual({ code: 0, out: '', err: '' });
  });

  it('ends with 1 if a request does not end within 55 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
    signal.promise = Promise.resolve('SIGTERM');
    const [closing, drained] = [deferred(), deferred()];
    control.wrapClose = (close) => async () => {
      closing.resolve();
      await drained.promise;
      await close();
    };
    const ended = serve();
    await closing.promise;
    vi.advanceTimersByTime(54_999);
    expect(exit).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(exit).toHaveBeenCalledWith(1);
    drained.resolve();
    await ended;
  });

  it('ends with 1 if the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    atEnd(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as AddressInfo;
    vi.stubEnv('PORT', String(port));
    const { code, err } = await serve();
    expect(code).toBe(1);
    expect(err).toBe(
      `pay-checkout serve cannot start:\n  - PORT: 127.0.0.1:${port} cannot be used (EADDRINUSE). Choose another port, or end the process that uses it.\n`,
    );
  });

  it('ends with 1 if Redis cannot be reached, and does not quote its address', async () => {
    vi.stubEnv('REDIS_URL', 'redis://:a-password@127.0.0.1:1');
    const { code, err } = await serve();
    expect(code).toBe(1);
    expect(err).toMatch(/^pay-checkout serve cannot start:\n {2}- REDIS_URL: Redis could not be reached \(\w[\w ]*\)\. Check .*\n$/);
    expect(err).not.toContain('a-password');
  });

  it('ends with 1 after another failure, and says so', async () => {
    const { startProcess } = await import('../../../src/serve/start-process.js');
    expect(startProcess).toBeTypeOf('function');
    control.wrapClose = () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a library may throw anything
      throw 'a text';
    };
    expect(await serve()).toEqual({ code: 1, out: '', err: 'pay-checkout serve cannot start:\n  - It failed.\n' });
  });
});
