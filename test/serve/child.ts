import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { Redis } from '../server/redis.js';
import { atEnd, serveNeighbours, type Neighbours } from './support.js';

type Json = Readonly<Record<string, unknown>>;

/** `pay-checkout serve` in a process of its own. */
export interface Child {
  readonly url: string;
  /** The lines of the log. */
  readonly log: readonly Json[];
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code, or `null` after a signal that ended the process. */
  readonly exited: Promise<number | null>;
}

/** Starts `pay-checkout serve` on a free port, and waits until it serves. */
export async function startChild(variables: Readonly<Record<string, string>>): Promise<Child> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'serve'], {
    env: { PATH: process.env.PATH, PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'close').then(([code]) => code as number | null);
  atEnd(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const log: Json[] = [];
  const errors = text(child.stderr);
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const entry = JSON.parse(line) as Json;
      log.push(entry);
      if (typeof entry.url === 'string') resolve(entry.url);
    });
    void exited.then(async (code) => reject(new Error(`serve exited with ${code} before it was ready: ${await errors}`)));
  });
  return { url, log, kill: (signal) => void child.kill(signal), exited };
}

export interface Pair extends Neighbours {
  readonly redis: Redis;
  readonly first: Child;
  readonly second: Child;
  /** Starts another pair with the same Redis and the same neighbours. */
  restart(more?: Readonly<Record<string, string>>): Promise<Pair>;
}

/** Starts two processes on one Redis, with stand-ins and a shop in the process of the test. There is no rate limit. */
export async function startPair(more: Readonly<Record<string, string>> = {}): Promise<Pair> {
  const redis = await startRedis();
  return startProcesses(redis, await serveNeighbours(), more);
}

/** Starts Redis for one test. */
export async function startRedis(): Promise<Redis> {
  const redis = await Redis.start();
  atEnd(() => redis.stop());
  return redis;
}

async function startProcesses(redis: Redis, neighbours: Neighbours, more: Readonly<Record<string, string>>): Promise<Pair> {
  const variables = { ...neighbours.variables, REDIS_URL: redis.url, PAY_RATE_LIMIT: '0', ...more };
  const [first, second] = await Promise.all([startChild(variables), startChild(variables)]);
  return { ...neighbours, redis, first, second, restart: (others = {}) => startProcesses(redis, neighbours, { ...more, ...others }) };
}
