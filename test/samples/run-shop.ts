import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Sample } from './samples.js';

export interface Shop {
  /** Without a slash at its end. */
  readonly url: string;
  /** The address of each process. */
  readonly urls: readonly string[];
  /** What the processes wrote. */
  log(this: void): string;
  /** Resolves when one of them has written the text. */
  waitForLog(this: void, text: string): Promise<void>;
  stop(this: void): Promise<void>;
}

export const backendSecret = 'sample_backend_secret_1_0123456789abcdef';

/**
 * Runs a copy of a sample on a free port.
 *
 * @param settings further environment variables
 * @param count the number of processes, each on a port of its own. They share the folder.
 */
export async function runShop(sample: Sample, settings: NodeJS.ProcessEnv = {}, count = 1): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'pay-checkout-'));
  cpSync(join('samples', sample.name), folder, { recursive: true });
  const env = { PATH: process.env.PATH, ...readSettings(sample.name), ...settings };
  sample.prepare?.(folder, env);
  const children = await Promise.all(Array.from({ length: count }, () => startChild(sample, folder, env)));
  return {
    url: children[0]!.url,
    urls: children.map(({ url }) => url),
    log: () => children.map(({ text }) => text()).join(''),
    async waitForLog(expected) {
      await Promise.any(children.map(({ waitFor }) => waitFor((text) => text.includes(expected))));
    },
    async stop() {
      await Promise.all(children.map(({ stop }) => stop()));
      rmSync(folder, { recursive: true });
    },
  };
}

/** The settings of `.env.example`, with the secrets that the documentation adds. */
export function readSettings(name: string): NodeJS.ProcessEnv {
  return {
    ...parseEnv(readFileSync(join('samples', name, '.env.example'), 'utf8')),
    APP_KEY: `base64:${Buffer.alloc(32, 1).toString('base64')}`,
    DJANGO_SECRET_KEY: 'sample_django_secret',
    PAY_BACKEND_SECRET: backendSecret,
  };
}

async function startChild({ command: [command, ...args] }: Sample, folder: string, env: NodeJS.ProcessEnv) {
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env });
  const closed = new Promise((resolve) => child.once('close', resolve));
  const output = collectOutput(child);
  const address = /http:\/\/127\.0\.0\.1:\d+/;
  await output.waitFor((text) => address.test(text));
  const stop = () => (child.kill(), closed);
  return { ...output, url: address.exec(output.text())![0], stop };
}

function collectOutput(child: ChildProcess) {
  let text = '';
  let hasEnded = false;
  const changes = new EventEmitter();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      changes.emit('change');
    });
  }
  child.once('close', () => {
    hasEnded = true;
    changes.emit('change');
  });
  async function waitFor(isExpected: (text: string) => boolean) {
    while (!isExpected(text)) {
      if (hasEnded) throw new Error(`The shop ended: ${text}`);
      await once(changes, 'change');
    }
  }
  return { text: () => text, waitFor };
}
