// What a test runner's report says, in one form for the gate.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * @typedef {object} Results
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} problems sentences for what no failed test shows
 * @property {{name: string, tests: number}[]} ran where, and how many tests
 */

/** @returns {Results} */
export function wtrResults() {
  const report = read('coverage/wtr/results.json');
  if (!report) return nothing('@web/test-runner');
  const ran = report.browsers.map(({ name, passed, failed }) => ({ name, tests: passed + failed }));
  return { ...report, ran };
}

/** @returns {Results} */
export function nodeResults() {
  const version = process.versions.node.split('.', 2).join('.');
  return vitestResults('coverage/node/results.json', `Node ${version}`);
}

/** @returns {Results} */
export function e2eResults() {
  const log = existsSync('coverage/e2e/browsers.txt') ? readFileSync('coverage/e2e/browsers.txt', 'utf8') : '';
  const browsers = [...new Set(log.split('\n').filter(Boolean))];
  const results = vitestResults('coverage/e2e/results.json', `end-to-end (${browsers.join(', ')})`);
  if (browsers.length > 0) return results;
  return { ...results, failed: results.failed + 1, problems: [...results.problems, 'No end-to-end test started a browser.'] };
}

function vitestResults(path, name) {
  const report = read(path);
  if (!report) return nothing('vitest');
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const broken = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(hasFailed));
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failed = tests.filter(hasFailed).length + broken.length;
  const problems = broken.map((file) => `${relative('.', file.name)} did not run to its end, or has no tests.`);
  const skipped = tests.length - passed - tests.filter(hasFailed).length;
  return { passed, failed, skipped, problems, ran: [{ name, tests: passed + failed }] };
}

function hasFailed(test) {
  return test.status === 'failed';
}

function nothing(runner) {
  return { passed: 0, failed: 1, skipped: 0, problems: [`${runner} ended without a report.`], ran: [] };
}

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
