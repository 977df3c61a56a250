/**
 * @param {{name: string, passed: boolean, tests?: import('./results.mjs').Test[], problems: string[]}[]} steps
 * @returns {string} the end of the gate's output; its last line is "N passed, N failed, N skipped"
 */
export function summarize(steps) {
  const tests = steps.flatMap((step) => step.tests ?? []);
  const checks = steps.filter((step) => !step.tests);
  const problems = steps.flatMap((step) => step.problems);
  const count = (status) => tests.filter((test) => test.status === status).length;
  const passed = count('passed') + count('flaky') + checks.filter((check) => check.passed).length;
  const failed = count('failed') + checks.filter((check) => !check.passed).length + problems.length;
  return [
    ...listed('Skipped', 'skipped', tests),
    ...listed('Flaky: failed, and passed when run again', 'flaky', tests),
    ...listed('Failed', 'failed', tests),
    ...checks.filter((check) => !check.passed).map(({ name }) => `Failed: ${name}`),
    ...problems,
    `\nRan: ${[...placesOf(tests), `${checks.length} checks`].join(', ')}.`,
    `\n${passed} passed, ${failed} failed, ${count('skipped')} skipped`,
  ].join('\n');
}

function listed(heading, status, tests) {
  const found = tests.filter((test) => test.status === status);
  const lines = found.map(({ browser, file, title }) => `  ${browser}, ${file}: ${title || 'the whole file'}`);
  return lines.length > 0 ? [`\n${heading}:`, ...lines] : [];
}

function placesOf(tests) {
  const ran = tests.filter(({ status }) => status !== 'skipped');
  return [...new Set(ran.map(({ browser }) => browser))].map(
    (browser) => `${ran.filter((test) => test.browser === browser).length} tests in ${browser}`,
  );
}
