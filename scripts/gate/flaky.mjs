// The gate runs a failed test once more. If it passes then, it is flaky.

const mostFlaky = 3;
/** If more tests fail, the code is broken and the gate does not run them again. */
const mostReruns = 10;

/**
 * @typedef {import('./results.mjs').Test} Test
 *
 * @param {Test[]} tests
 * @returns {{files: string[], engines: string[], titles: string} | undefined} the test files to run again; `titles` is a pattern
 */
export function rerunOf(tests) {
  const failed = tests.filter((test) => isFailed(test) && test.file.startsWith('test/'));
  if (failed.length === 0 || failed.length > mostReruns) return undefined;
  const titles = failed.map(({ title }) => title.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return {
    files: [...new Set(failed.map(({ file }) => file))],
    engines: [...new Set(failed.map(({ where }) => where))],
    // A file that did not finish has no test titles, so all tests of these files run again.
    titles: titles.includes('') ? '' : `^(${titles.join('|')})$`,
  };
}

/**
 * @param {Test[]} first
 * @param {Test[]} second the results of the tests that ran again
 * @returns {Test[]} the first ones, flaky where the second try passed
 */
export function markFlaky(first, second) {
  return first.map((test) => (isFailed(test) && hasPassed(second, test) ? { ...test, status: 'flaky' } : test));
}

function hasPassed(tests, { file, where, title }) {
  const same = tests.filter((test) => test.file === file && test.where === where && (!title || test.title === title));
  return same.some(({ status }) => status === 'passed') && !same.some(isFailed);
}

/**
 * @param {Test[]} tests in the order in which they ran
 * @returns {string[]} sentences that say why flaky tests fail the run
 */
export function findFlakyProblems(tests) {
  const flaky = tests.filter(({ status }) => status === 'flaky');
  const repeated = flaky.filter((test) => {
    const inOrder = tests.filter(({ file, where }) => file === test.file && where === test.where);
    const next = inOrder[inOrder.indexOf(test) + 1];
    return next?.status === 'flaky' && next.reason === test.reason;
  });
  return [
    ...(flaky.length > mostFlaky ? [`${flaky.length} tests are flaky; the run accepts ${mostFlaky}.`] : []),
    ...repeated.map(({ title }) => `“${title}” and the next test failed for the same reason: this is a bug, not a flake.`),
  ];
}

function isFailed({ status }) {
  return status === 'failed';
}
