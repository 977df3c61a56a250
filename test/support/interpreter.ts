import { spawnSync } from 'node:child_process';
import { it } from 'vitest';

type RunTest = (title: string, test: () => void | Promise<void>) => void;

/** Whether that interpreter is installed; with arguments, whether it runs them without an error. */
export function isInstalled(command: string, args: readonly string[] = ['--version']): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Returns `it`, or a skipping version when the interpreter is missing. The title gives the reason, and the gate reports each skip. */
export function itWith(command: string): RunTest {
  return itIf(isInstalled(command), command);
}

/** Returns `it`, or a skipping version when what the test needs is not installed. */
export function itIf(isFound: boolean, name: string): RunTest {
  // eslint-disable-next-line no-restricted-syntax -- the gate reports the skip
  return isFound ? it : (title) => it.skip(`${title} [${name} is not installed]`);
}
