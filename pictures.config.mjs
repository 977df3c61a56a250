// Compares screenshots of the element with `test/pictures/`. It uses the Chromium of the lock file, because other versions draw
// native inputs differently. `npm run pictures` replaces the pictures. Pictures that differ are written to `coverage/pictures/`.
import { visualRegressionPlugin } from '@web/test-runner-visual-regression/plugin';
import { findBundledChromium } from './scripts/browsers.mjs';
import { resultsReporter } from './scripts/gate/wtr.mjs';
import config, { launch } from './web-test-runner.config.mjs';

const visualRegression = visualRegressionPlugin({
  baseDir: '.',
  getBaselineName: ({ name }) => `test/pictures/${name}`,
  getFailedName: ({ name }) => `coverage/pictures/${name}`,
  getDiffName: ({ name }) => `coverage/pictures/${name}-diff`,
  update: process.argv.includes('--update-visual-baseline'),
  // The default threshold treats two different greens as equal.
  diffOptions: { threshold: 0.03 },
  failureThreshold: 20,
  failureThresholdType: 'pixel',
});

export default {
  ...config,
  files: 'test/pictures.test.ts',
  browsers: [launch({ engine: 'chromium', ...(await findBundledChromium()) })],
  plugins: [...config.plugins, visualRegression],
  reporters: [config.reporters[0], resultsReporter('coverage/pictures')],
};
