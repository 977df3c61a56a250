import { defineConfig } from 'vitest/config';
import { coverageForNode } from './scripts/gate/instrument.mjs';

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [coverageForNode],
        test: {
          name: 'node',
          include: ['test/**/*.node.test.ts'],
          exclude: ['test/e2e/**'],
          setupFiles: ['scripts/gate/keep-coverage.ts'],
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
