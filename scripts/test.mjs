// The gate. `npm test` runs every step and ends with the line "N passed, N failed".
// `npm test -- --only wtr,lint` runs some of the steps; `npm test -- --ratchet` raises the least numbers of tests to what ran.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findChromium } from './browsers.mjs';
import { e2eResults, nodeResults, wtrResults } from './gate/results.mjs';
import { runCommand, stopAll } from './gate/run.mjs';

const minimumsFile = 'test/minimums.json';
const minimums = JSON.parse(readFileSync(minimumsFile, 'utf8'));

/** A step without `results` is a check: its exit code counts as one test. `expected` are the browsers without which it is no run. */
const steps = {
  build: { command: 'node scripts/build.mjs' },
  format: { command: 'prettier --check --log-level warn .' },
  lint: { command: 'eslint --max-warnings 0 .' },
  types: { command: 'tsc -p .' },
  wtr: { command: 'wtr', results: wtrResults, expected: [] },
  node: { command: vitest('node'), results: nodeResults },
  e2e: { command: vitest('e2e'), results: e2eResults, needs: ['build'], env: { BROWSERS_LOG: 'coverage/e2e/browsers.txt' } },
  package: { command: 'node scripts/check-package.mjs', needs: ['build'] },
  coverage: { command: 'node scripts/gate/coverage.mjs', needs: ['wtr', 'node'] },
};

/** Two steps at a time, for two cores; but one browser at a time, as tests in real time suffer from company. */
const lanes = [
  ['wtr', 'e2e', 'package', 'coverage'],
  ['build', 'node', 'lint', 'types', 'format'],
];

const { only, ratchet } = parseArgs({ options: { only: { type: 'string' }, ratchet: { type: 'boolean' } } }).values;
const chosen = only?.split(',') ?? Object.keys(steps);
const started = new Map();
const finished = [];

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(`The run was ended by ${signal}.`));
try {
  await main();
  end();
} catch (error) {
  end(error.message);
}

async function main() {
  const unknown = chosen.filter((name) => !steps[name]);
  if (unknown.length > 0) throw new Error(`There is no step ${unknown.join(', ')}; there are ${Object.keys(steps).join(', ')}.`);
  for (const name of chosen) rmSync(`coverage/${name}`, { recursive: true, force: true });
  mkdirSync('coverage/e2e', { recursive: true });
  // Where a browser has to be unpacked, two steps must not do it at once.
  const { name } = await findChromium();
  steps.wtr.expected = [name];
  await Promise.all(lanes.map(runLane));
}

async function runLane(lane) {
  for (const name of lane.filter((name) => chosen.includes(name))) await start(name);
}

function start(name) {
  if (!started.has(name)) started.set(name, run(name));
  return started.get(name);
}

async function run(name) {
  const { command, env, results, needs = [] } = steps[name];
  const before = await Promise.all(needs.filter((need) => chosen.includes(need)).map(start));
  const broken = before.filter((step) => step.failed > 0).map((step) => step.name);
  if (broken.length > 0) return finish({ name, passed: 0, failed: 1, problems: [`Not run, as it needs ${broken.join(' and ')}.`] });
  const { code, output, seconds } = await runCommand(command, env);
  const outcome = results ? judge(name, code, results()) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  return finish({ name, output, seconds, ...outcome });
}

/** A runner that exits with 0 may still have run too little. */
function judge(name, code, results) {
  const tests = results.passed + results.failed;
  const doubts = (steps[name].expected ?? [])
    .filter((browser) => !results.ran.some((run) => run.name.startsWith(`${browser} `) && run.tests > 0))
    .map((browser) => `No test ran in ${browser}.`);
  if (tests < minimums[name]) doubts.push(`${tests} tests ran, but ${minimumsFile} asks for ${minimums[name]}.`);
  if (results.skipped > 0) doubts.push(`${results.skipped} tests were skipped.`);
  if (code !== 0 && results.failed + doubts.length === 0) doubts.push(`It ended with exit code ${code}.`);
  return { ...results, failed: results.failed + doubts.length, problems: [...results.problems, ...doubts] };
}

function finish(step) {
  const { name, output = '', seconds = 0, failed, problems = [] } = step;
  console.log(`\n── ${name} · ${failed > 0 ? 'FAILED' : 'passed'} · ${seconds.toFixed(1)} s`);
  for (const text of [output.trim(), ...problems]) if (text) console.log(text);
  finished.push(step);
  return step;
}

/** Says what ran; the last line is the count over everything. */
function end(problem) {
  stopAll();
  const passed = sum('passed');
  const failed = sum('failed') + (problem ? 1 : 0);
  const runs = finished.flatMap((step) => step.ran ?? []).map(({ name, tests }) => `${name}: ${tests} tests`);
  const checks = finished.filter((step) => !steps[step.name].results).length;
  if (problem) console.log(`\n${problem}`);
  if (failed === 0) raiseMinimums();
  console.log(`\n${[...runs, `checks: ${checks}`].join(' · ')}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

function sum(key) {
  return finished.reduce((total, step) => total + step[key], 0);
}

function raiseMinimums() {
  const low = finished.filter((step) => step.ran && step.passed > minimums[step.name]);
  for (const { name, passed } of low) minimums[name] = passed;
  if (low.length === 0) return;
  if (ratchet) writeFileSync(minimumsFile, `${JSON.stringify(minimums, null, 2)}\n`);
  else console.log(`\nMore tests ran than ${minimumsFile} asks for; \`npm test -- --ratchet\` raises it.`);
}

function vitest(project) {
  return `vitest run --project ${project} --reporter=default --reporter=json --outputFile.json=coverage/${project}/results.json`;
}
