import { chromeLauncher } from '@web/test-runner-chrome';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { findChromium } from './scripts/browsers.mjs';
import { coverageForBrowsers } from './scripts/gate/instrument.mjs';
import { oneFile } from './scripts/gate/one-file.mjs';
import { summary } from './scripts/gate/wtr-summary.mjs';
import { hostileServer } from './test/support/hostile-server.mjs';

const { name, ...launchOptions } = await findChromium();
const chromium = Object.assign(chromeLauncher({ launchOptions }), { name });
const { reporter, middleware } = summary('coverage/wtr');

export default {
  files: ['test/**/*.test.ts', '!test/**/*.node.test.ts', '!test/e2e/**'],
  browsers: [chromium],
  // Tests of a page in a background tab fail.
  concurrency: 1,
  nodeResolve: { exportConditions: ['development', 'browser'] },
  plugins: [oneFile('zod/mini'), coverageForBrowsers, esbuildPlugin({ ts: true, tsconfig: 'tsconfig.json', target: 'es2022' })],
  middleware: [middleware, hostileServer],
  reporters: [defaultReporter(), reporter],
  // For what hangs. A slow machine may take its time.
  testFramework: { config: { timeout: 20_000, forbidOnly: true } },
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
};
