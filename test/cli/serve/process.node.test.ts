import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { variables } from './support.js';

type Line = Readonly<Record<string, unknown>>;

/** Starts `serve` in its own process. */
function start(args: readonly string[] = [], changes: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env.PATH, ...variables, ...changes };
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'serve', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  return { child, closed: once(child, 'close') as Promise<[code: number | null, signal: string | null]> };
}

describe('serve as a process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('logs JSON only, and ends with 0 after %s', async (signal) => {
    const { child, closed } = start();
    const lines: Line[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const parsed = JSON.parse(line) as Line;
      lines.push(parsed);
      if (typeof parsed.url !== 'string') continue;
      expect((await fetch(`${parsed.url}/healthz`)).status).toBe(200);
      child.kill(signal);
    }
    expect(await closed).toEqual([0, null]);
    expect(lines.map(({ msg }) => msg)).toEqual([
      expect.stringMatching(/^REDIS_URL is not set\./),
      expect.stringMatching(/^Serving http:\/\/127\.0\.0\.1:\d+\/api\/pay\/token$/),
      'Ending after the requests in progress.',
      'Ended.',
    ]);
  });

  it.each([
    [['--check'], {}, 0],
    [['--check'], { PAY_ENVIRONMENT: '' }, 1],
    [[], { PAY_ENVIRONMENT: '' }, 1],
    [['--port', '80'], {}, 2],
  ])('ends by itself after %j with %j', async (args, changes, code) => {
    const { child, closed } = start(args, changes);
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(await closed).toEqual([code, null]);
    expect([out === '', err === '']).toEqual([code > 0, code === 0]);
  });
});
