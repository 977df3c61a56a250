import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { findEngines } from './scripts/engines.mjs';
import { serveEditorData } from './scripts/gate/editor-data.mjs';
import { coverageForBrowsers } from './scripts/gate/instrument.mjs';
import { forcedColors } from './scripts/gate/forced-colors.mjs';
import { oneFile } from './scripts/gate/one-file.mjs';
import { pictures } from './scripts/gate/pictures.mjs';
import { webkitLauncher } from './scripts/gate/webkit-launcher.mjs';
import { summary } from './scripts/gate/wtr-summary.mjs';
import { hostileServer, hostileServices } from './test/support/hostile-server.mjs';

const launchers = {
  chromium: (launchOptions) => chromeLauncher({ launchOptions }),
  firefox: (launchOptions) => chromeLauncher({ puppeteer: puppeteerCore, launchOptions: { browser: 'firefox', ...launchOptions } }),
  webkit: webkitLauncher,
};

const { found, missing } = await findEngines();
const lacking = missing.filter(({ required }) => required);
if (lacking.length > 0) throw new Error(lacking.map(({ why }) => why).join(' '));
const browsers = found.map(({ engine, name, ...launchOptions }) => Object.assign(launchers[engine](launchOptions), { name, engine }));
const { reporter, middleware } = summary('coverage/wtr');

// Other cases for test/fuzz, or those of a run that failed.
const seed = { 'process.env.FUZZ_SEED': JSON.stringify(process.env.FUZZ_SEED ?? '') };

export default {
  files: ['test/**/*.test.ts', '!test/**/*.node.test.ts', '!test/e2e/**'],
  browsers,
  concurrentBrowsers: browsers.length,
  // Tests of a page in a background tab fail.
  concurrency: 1,
  nodeResolve: { exportConditions: ['development', 'browser'] },
  plugins: [
    hostileServices,
    serveEditorData,
    oneFile('zod/v4/core'),
    oneFile('zod/mini'),
    oneFile('fast-check'),
    coverageForBrowsers,
    pictures,
    forcedColors,
    esbuildPlugin({ ts: true, tsconfig: 'tsconfig.json', target: 'es2022', define: seed }),
  ],
  middleware: [middleware, hostileServer],
  reporters: [defaultReporter(), reporter],
  // For what hangs. A slow machine may take its time.
  testFramework: { config: { timeout: 20_000, forbidOnly: true } },
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
  // The last is what a script throws that is meant to.
  filterBrowserLogs: ({ args }) => !/Lit is in dev mode|hostile|^pay-checkout: /.test(String(args[0])),
};
