import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { findEngines } from './scripts/engines.mjs';
import { testedOnNode } from './scripts/gate/coverage.mjs';
import { serveSnippets } from './scripts/gate/docs-snippets.mjs';
import { serveEditorData } from './scripts/gate/editor-data.mjs';
import { forcedColors } from './scripts/gate/forced-colors.mjs';
import { oneFile } from './scripts/gate/one-file.mjs';
import { webkitLauncher } from './scripts/gate/webkit-launcher.mjs';
import { cacheFiles, recordVersions, resultsReporter } from './scripts/gate/wtr.mjs';
import { hostileServer, hostileServices } from './test/support/hostile-server.mjs';

const launchers = {
  chromium: (launchOptions) => chromeLauncher({ launchOptions }),
  firefox: (launchOptions) => chromeLauncher({ puppeteer: puppeteerCore, launchOptions: { browser: 'firefox', ...launchOptions } }),
  webkit: webkitLauncher,
};

/** @param {import('./scripts/engines.mjs').Found} found */
export function launch({ engine, name, ...launchOptions }) {
  return Object.assign(launchers[engine](launchOptions), { name, engine });
}

const { found, missing } = await findEngines();
const required = missing.filter(({ required }) => required);
if (required.length > 0) throw new Error(required.map(({ why }) => why).join(' '));
const browsers = found.map(launch);

// `FUZZ_SEED` repeats the cases of a run that failed.
const seed = { 'process.env.FUZZ_SEED': JSON.stringify(process.env.FUZZ_SEED ?? '') };

export default {
  files: ['test/**/*.test.ts', '!test/**/*.node.test.ts', '!test/e2e/**', '!test/pictures.test.ts'],
  browsers,
  concurrentBrowsers: browsers.length,
  // Tests fail in a background tab, so each browser runs one page at a time.
  concurrency: 1,
  nodeResolve: { exportConditions: ['development', 'browser'] },
  plugins: [
    hostileServices,
    serveEditorData,
    serveSnippets,
    oneFile('zod/v4/core'),
    oneFile('zod/mini'),
    oneFile('fast-check'),
    forcedColors,
    esbuildPlugin({ ts: true, tsconfig: 'tsconfig.json', target: 'es2022', define: seed }),
  ],
  middleware: [recordVersions, cacheFiles, hostileServer],
  reporters: [defaultReporter(), resultsReporter('coverage/browser')],
  coverageConfig: {
    reportDir: 'coverage/browser',
    reporters: ['json', 'text-summary'],
    include: ['src/**/*.ts'],
    exclude: testedOnNode,
    threshold: { lines: 95, branches: 95 },
  },
  // Limits for tests that hang; a slow machine needs much of that time. The gate sets TEST_TITLES to run a few tests again.
  testFramework: { config: { timeout: 20_000, forbidOnly: true, grep: process.env.TEST_TITLES } },
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
  // Tests throw errors that say `hostile` on purpose.
  filterBrowserLogs: ({ args }) => !/Lit is in dev mode|hostile|^pay-checkout: /.test(String(args[0])),
};
