import { TestRunner } from 'vitest';
import type { Place } from '../../scripts/gate/results.mjs';

declare module 'vitest' {
  interface TaskMeta {
    browser?: Place;
  }
}

/** Notes for the gate in which browser the test of the moment runs. */
export function ranIn(where: Place['where'], name: string): void {
  const test = TestRunner.getCurrentTest();
  if (test) test.meta.browser = { where, name };
}
