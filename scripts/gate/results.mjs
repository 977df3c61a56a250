// What a test runner's report says, in one form for the gate.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * @typedef {object} Place
 * @property {import('../engines.mjs').Engine | 'node'} where
 * @property {string} name with its version
 *
 * @typedef {Place & {passed: number, failed: number, skipped: string[]}} Run what ran in one place; `skipped` are titles
 *
 * @typedef {object} Results
 * @property {Run[]} runs
 * @property {string[]} problems sentences for what no failed test shows
 */

const node = { where: 'node', name: `Node ${process.versions.node.split('.', 2).join('.')}` };

/** @returns {Results} */
export function wtrResults() {
  return read('coverage/wtr/results.json') ?? nothing('@web/test-runner');
}

/**
 * A test that ran in a browser has said so by its `meta.browser`, a {@link Place}.
 *
 * @returns {Results}
 */
export function vitestResults(project) {
  const report = read(`coverage/${project}/results.json`);
  if (!report) return nothing('vitest');
  const runs = new Map();
  for (const test of report.testResults.flatMap((file) => file.assertionResults)) count(test, runs);
  const broken = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(hasFailed));
  return {
    runs: [...runs.values()],
    problems: broken.map((file) => `${relative('.', file.name)} did not run to its end, or has no tests.`),
  };
}

function count(test, runs) {
  const place = test.meta.browser ?? node;
  const run = runs.get(place.where) ?? { passed: 0, failed: 0, skipped: [] };
  // Only a test that ran knows which version it was.
  runs.set(place.where, test.status === 'skipped' ? { ...place, ...run } : Object.assign(run, place));
  if (test.status === 'passed') run.passed++;
  else if (hasFailed(test)) run.failed++;
  else run.skipped.push(test.fullName);
}

function hasFailed(test) {
  return test.status === 'failed';
}

function nothing(runner) {
  return { runs: [], problems: [`${runner} ended without a report.`] };
}

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
