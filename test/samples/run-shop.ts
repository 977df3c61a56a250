import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sample } from './samples.js';

export interface Shop {
  /** Without a slash at its end. */
  readonly url: string;
  /** What the process wrote. */
  log(this: void): string;
  /** Resolves when it has written the text. */
  waitForLog(this: void, text: string): Promise<void>;
  stop(this: void): Promise<void>;
}

export const backendSecret = 'sample_backend_secret_1_0123456789abcdef';

/** Runs a copy of a sample on a free port. `settings` are further environment variables. */
export async function runShop(sample: Sample, settings: NodeJS.ProcessEnv = {}): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'pay-checkout-'));
  cpSync(join('samples', sample.name), folder, { recursive: true });
  const env = {
    PATH: process.env.PATH,
    APP_KEY: `base64:${Buffer.alloc(32, 1).toString('base64')}`,
    DJANGO_SECRET_KEY: 'sample_django_secret',
    PAY_BACKEND_SECRET: backendSecret,
    PAY_ENVIRONMENT: 'sandbox',
    ...settings,
  };
  sample.prepare?.(folder, env);
  const [command, ...args] = sample.command;
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env });
  const closed = new Promise((resolve) => child.once('close', resolve));
  const output = collectOutput(child);
  const address = /http:\/\/127\.0\.0\.1:\d+/;
  await output.waitFor((text) => address.test(text));
  return {
    url: address.exec(output.text())![0],
    log: output.text,
    waitForLog: (expected) => output.waitFor((text) => text.includes(expected)),
    async stop() {
      child.kill();
      await closed;
      rmSync(folder, { recursive: true });
    },
  };
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
