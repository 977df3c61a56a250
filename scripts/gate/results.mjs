// Converts the results of all test runners to one format, and finds problems that a successful run may hide.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * @typedef {object} Test
 * @property {string} file
 * @property {import('../engines.mjs').Engine | 'node'} where
 * @property {string} browser its name and version; `Node 20.20` for `node`
 * @property {string} title with the titles of its suites; empty for a file that did not run to its end
 * @property {'passed' | 'failed' | 'skipped' | 'flaky'} status
 * @property {string} [reason] why it failed
 */

const node = { where: 'node', browser: `Node ${process.versions.node.split('.', 2).join('.')}` };
const minimumsFile = 'test/minimums.json';
const minimums = JSON.parse(readFileSync(minimumsFile, 'utf8'));

/** @returns {Test[]} as `resultsReporter` wrote them */
export function browserTests(step) {
  return read(step) ?? [];
}

/** @returns {Test[]} from vitest's JSON; a test in a browser names it in `meta.browser` */
export function vitestTests(step) {
  return (read(step)?.testResults ?? []).flatMap(testsOfFile);
}

function testsOfFile({ name, status, message, assertionResults }) {
  const file = relative('.', name);
  const tests = assertionResults.map(({ fullName: title, status, failureMessages: [reason], meta }) => {
    return { file, ...(meta.browser ?? node), title, status: /passed|failed/.test(status) ? status : 'skipped', reason };
  });
  if (status !== 'failed' || tests.some((test) => test.status === 'failed')) return tests;
  return [...tests, { file, ...node, title: '', status: 'failed', reason: message || 'It contains no tests.' }];
}

function read(step) {
  const path = `coverage/${step}/results.json`;
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/**
 * @param {string} step
 * @param {Test[]} tests
 * @param {string[]} places where the step's tests must have run, if `test/minimums.json` has a number for them
 * @returns {string[]} sentences
 */
export function findDoubts(step, tests, places) {
  const unexplained = tests.filter(({ status, title }) => status === 'skipped' && !/\[.+\]$/.test(title));
  const counts = places.map((place) => [place, tests.filter(({ where, status }) => where === place && status !== 'skipped').length]);
  return [
    ...unexplained.map(({ title, browser }) => `“${title}” was skipped in ${browser}. Its title must end with the reason in [ ].`),
    ...counts
      .filter(([place, count]) => count < (minimums[step]?.[place] ?? 0))
      .map(([place, count]) => `${step}: ${count} tests ran in ${place}; ${minimumsFile} requires ${minimums[step][place]}.`),
  ];
}
