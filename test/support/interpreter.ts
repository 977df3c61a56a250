import { spawnSync } from 'node:child_process';
import { it } from 'vitest';

/** Whether that interpreter is installed. */
export function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Returns `it`, or a skipping version when the interpreter is missing. The title gives the reason, and the gate reports each skip. */
export function itWith(command: string): (title: string, test: () => void | Promise<void>) => void {
  // eslint-disable-next-line no-restricted-syntax -- the gate reports the skip
  return isInstalled(command) ? it : (title) => it.skip(`${title} [${command} is not installed]`);
}
