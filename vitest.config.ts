import { defineConfig } from 'vitest/config';
import { moneyFiles, testedOnNode } from './scripts/gate/coverage.mjs';
import { library } from './scripts/library.mjs';

const complete = { lines: 100, branches: 100 };

export default defineConfig({
  test: {
    // Enabled by `--coverage`.
    coverage: {
      provider: 'v8',
      include: testedOnNode,
      reporter: ['json', 'text-summary'],
      reportsDirectory: 'coverage/node',
      thresholds: { lines: 95, branches: 95, ...Object.fromEntries(moneyFiles.map((files) => [files, complete])) },
    },
    projects: [
      {
        plugins: [library],
        test: {
          name: 'node',
          include: ['test/**/*.node.test.ts'],
          exclude: ['test/e2e/**'],
          setupFiles: ['test/support/overheard.ts'],
          // Limits for tests that hang: beside three browsers on a slow machine, compiling the snippets takes more than a minute.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.test.ts'],
          // Limits for tests that hang. Waits inside a test have shorter limits, and their errors name the missing condition.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Each file starts its own servers and browsers, and spends half of its time waiting for them.
          maxWorkers: 2,
        },
      },
    ],
  },
});
