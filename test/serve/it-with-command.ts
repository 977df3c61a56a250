import { spawnSync } from 'node:child_process';
import { it } from 'vitest';

/** Returns `it`, or a skipping version if that program is not installed. The title gives the reason, and the gate reports each skip. */
export function itWithCommand(command: string): (title: string, test: () => Promise<void>) => void {
  const isMissing = spawnSync(command, ['--version'], { stdio: 'ignore' }).error !== undefined;
  // eslint-disable-next-line no-restricted-syntax -- the gate reports the skip
  return isMissing ? (title, test) => it.skip(`${title} [${command} is not installed]`, test) : it;
}
