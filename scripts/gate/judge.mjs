// A runner that exits with 0 may have run too little, or nothing.
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'test/minimums.json';

/** By step and place, the least number of tests. */
const minimums = JSON.parse(readFileSync(file, 'utf8'));

/** How the title of a test that an engine skips ends: with the reason. */
const reason = /\[.+\]$/;

/**
 * @param {string} step
 * @param {number} code what its runner exited with
 * @param {import('./results.mjs').Results} results
 * @param {string[]} places where its tests must have run, if it has minimums for them
 */
export function judge(step, code, { runs, problems }, places) {
  const doubts = [...problems, ...places.flatMap((place) => shortfall(step, place, runs)), ...runs.flatMap(unexplained)];
  const failed = sum(runs, 'failed') + doubts.length;
  if (code !== 0 && failed === 0) doubts.push(`It ended with exit code ${code}.`);
  return { runs, passed: sum(runs, 'passed'), failed: sum(runs, 'failed') + doubts.length, problems: doubts };
}

/** @returns {boolean} whether more ran than is asked for; `raise` asks for it from now on */
export function ranMore(steps, raise) {
  const more = steps.flatMap(({ name, runs = [] }) => runs.map((run) => ({ ...run, name }))).filter(isMore);
  if (!raise) return more.length > 0;
  for (const { name, where, passed } of more) minimums[name][where] = passed;
  writeFileSync(file, `${JSON.stringify(minimums, null, 2)}\n`);
  return false;
}

function isMore({ name, where, passed }) {
  return passed > (minimums[name][where] ?? 0);
}

function shortfall(step, place, runs) {
  const least = minimums[step][place] ?? 0;
  const ran = runs.filter(({ where }) => where === place);
  const tests = sum(ran, 'passed') + sum(ran, 'failed');
  return tests < least ? [`${tests} tests ran in ${ran[0]?.name ?? place}, but ${file} asks for ${least}.`] : [];
}

function unexplained({ name, skipped }) {
  return skipped
    .filter((title) => !reason.test(title))
    .map((title) => `“${title}” was skipped in ${name}, and its title does not say why.`);
}

function sum(runs, key) {
  return runs.reduce((total, run) => total + run[key], 0);
}
