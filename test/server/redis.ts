import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'vitest';

const isMissing = spawnSync('redis-server', ['--version']).error !== undefined;

/** `it`, or a skipped test with a note in its title if Redis is not installed. */
export const itWithRedis: (title: string, test: () => Promise<void>) => void = isMissing
  ? // eslint-disable-next-line no-restricted-syntax -- the title names the reason
    (title, test) => it.skip(`${title} [redis-server is not installed]`, test)
  : it;

/** A real Redis server on a free loopback port, without persistence. */
export class Redis {
  readonly url: string;
  #server: ChildProcess;
  readonly #folder: string;

  private constructor(url: string, server: ChildProcess, folder: string) {
    this.url = url;
    this.#server = server;
    this.#folder = folder;
  }

  /** Starts Redis. Retries if another process takes the port first. */
  static start(tries = 3): Promise<Redis> {
    return tries > 1 ? Redis.#startOnce().catch(() => Redis.start(tries - 1)) : Redis.#startOnce();
  }

  static async #startOnce(): Promise<Redis> {
    const [port, folder] = [await freePort(), mkdtempSync(join(tmpdir(), 'redis-'))];
    return new Redis(`redis://127.0.0.1:${port}`, await startServer(port, folder), folder);
  }

  /** Suspends the process: it stops responding, but its connections stay open. */
  pause(): void {
    this.#server.kill('SIGSTOP');
  }

  /** Continues after `pause`. */
  resume(): void {
    this.#server.kill('SIGCONT');
  }

  /** Kills the server. All its data is lost. */
  async kill(): Promise<void> {
    this.#server.kill('SIGKILL');
    if (this.#server.exitCode === null && this.#server.signalCode === null) await once(this.#server, 'exit');
  }

  /** Starts the server again on its port, after `kill`. */
  async restart(): Promise<void> {
    this.#server = await startServer(Number(new URL(this.url).port), this.#folder);
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function startServer(port: number, folder: string): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (bytes) => String(bytes).includes('Ready to accept connections') && resolve());
    server.once('exit', (code) => reject(new Error(`redis-server exited with code ${code} before it was ready.`)));
  });
  return server;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
