import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'vitest';

const isMissing = spawnSync('redis-server', ['--version']).error !== undefined;

/** `it`; where there is no Redis, a test that is skipped, and whose title says so. */
export const itWithRedis: (title: string, test: () => Promise<void>) => void = isMissing
  ? // eslint-disable-next-line no-restricted-syntax -- it is told
    (title, test) => it.skip(`${title} [there is no redis-server here]`, test)
  : it;

/** A real one, on a free port of loopback, that keeps nothing. */
export class Redis {
  readonly url: string;
  readonly #server: ChildProcess;
  readonly #folder: string;

  private constructor(url: string, server: ChildProcess, folder: string) {
    this.url = url;
    this.#server = server;
    this.#folder = folder;
  }

  /** Tries again if another process took the port before Redis did. */
  static start(tries = 3): Promise<Redis> {
    return tries > 1 ? Redis.#startOnce().catch(() => Redis.start(tries - 1)) : Redis.#startOnce();
  }

  static async #startOnce(): Promise<Redis> {
    const [port, folder] = [await freePort(), mkdtempSync(join(tmpdir(), 'redis-'))];
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
    const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((resolve, reject) => {
      server.stdout?.on('data', (bytes) => String(bytes).includes('Ready to accept connections') && resolve());
      server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}.`)));
    });
    return new Redis(`redis://127.0.0.1:${port}`, server, folder);
  }

  /** Stops it for a while: it answers nothing, but its connections stay. */
  pause(): void {
    this.#server.kill('SIGSTOP');
  }

  async stop(): Promise<void> {
    this.#server.kill('SIGKILL');
    if (this.#server.exitCode === null && this.#server.signalCode === null) await once(this.#server, 'exit');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
