import { defineConfig } from 'vitest/config';
import { coverageForNode } from './scripts/gate/instrument.mjs';
import { library } from './scripts/library.mjs';

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [library, coverageForNode],
        test: {
          name: 'node',
          include: ['test/**/*.node.test.ts'],
          exclude: ['test/e2e/**'],
          setupFiles: ['scripts/gate/keep-coverage.ts', 'test/support/overheard.ts'],
          // For what hangs: the first look of the linter takes seconds, on a machine that is busy with browsers many.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.test.ts'],
          // For what hangs. What a test waits for by itself is over before, and then says what was missing.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
