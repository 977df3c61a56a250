import { spawnSync } from 'node:child_process';
import { it } from 'vitest';

/** Whether that interpreter is on this machine. */
export function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** `it`; where the interpreter is not on this machine, a test that is skipped, and whose title says so. The gate tells of each. */
export function itWith(command: string): (title: string, test: () => Promise<void>) => void {
  // eslint-disable-next-line no-restricted-syntax -- it is told
  return isInstalled(command) ? it : (title) => it.skip(`${title} [${command} is not installed]`);
}
