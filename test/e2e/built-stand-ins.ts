import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface BuiltStandIns {
  /** Without a slash at the end. */
  readonly url: string;
  /** @returns its exit code */
  close(this: void): Promise<number | null>;
}

/** `npx pay-checkout stand-ins` of the built package, once it listens. */
export async function startBuiltStandIns(): Promise<BuiltStandIns> {
  const child = spawn(process.execPath, ['dist/cli.js', 'stand-ins', '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close').then(([code]) => code as number | null);
  let said = '';
  const listens = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        said += String(bytes);
        if (said.includes('Press Ctrl+C')) resolve();
      });
    }
  });
  await Promise.race([listens, closed]);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
  if (!url) throw new Error(`The stand-ins did not start: ${said}`);
  return { url, close: () => (child.kill('SIGTERM'), closed) };
}
