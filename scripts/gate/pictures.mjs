// What the element looks like, in `test/pictures/`. `npm run pictures` makes them anew; those that differ are put into `coverage/pictures/`.
import { visualRegressionPlugin } from '@web/test-runner-visual-regression/plugin';

/** Pixels: another version of Chromium may draw a corner a little differently; a button that moves is a thousand. */
const tolerance = 20;

export const pictures = visualRegressionPlugin({
  baseDir: '.',
  getBaselineName: ({ name }) => `test/pictures/${name}`,
  getFailedName: ({ name }) => `coverage/pictures/${name}`,
  getDiffName: ({ name }) => `coverage/pictures/${name}-diff`,
  update: process.argv.includes('--update-visual-baseline'),
  // The default takes a green for another one.
  diffOptions: { threshold: 0.03 },
  failureThreshold: tolerance,
  failureThresholdType: 'pixel',
});
