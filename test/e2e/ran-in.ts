import { TestRunner } from 'vitest';
import type { Test } from '../../scripts/gate/results.mjs';

type Place = Pick<Test, 'where' | 'browser'>;

declare module 'vitest' {
  interface TaskMeta {
    browser?: Place;
  }
}

/** Records for the gate in which browser the current test runs. */
export function ranIn(where: Place['where'], browser: string): void {
  const test = TestRunner.getCurrentTest();
  if (test) test.meta.browser = { where, browser };
}
