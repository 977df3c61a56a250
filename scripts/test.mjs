// The gate. `npm test` runs every step; `npm test -- --only browser,lint` runs some of them.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { runsBundledChromium } from './browsers.mjs';
import { findEngines } from './engines.mjs';
import { findFlakyProblems, markFlaky, rerunOf } from './gate/flaky.mjs';
import { browserTests, findDoubts, vitestTests } from './gate/results.mjs';
import { summarize } from './gate/summary.mjs';

const vitest = (project) =>
  `vitest run --project ${project} --reporter=default --reporter=json --outputFile.json=coverage/${project}/results.json`.split(' ');

/** A step without `read` is a check. `rerun` is the command that runs some of the tests again. */
const steps = {
  build: { command: ['node', 'scripts/build.mjs'] },
  format: { command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  lint: { command: ['eslint', '--max-warnings', '0', '.'] },
  types: { command: ['npm', 'run', 'types'] },
  browser: { command: ['wtr', '--coverage'], read: browserTests, rerun: ({ files }) => ['wtr', '--files', ...files] },
  pictures: {
    command: ['wtr', '--config', 'pictures.config.mjs'],
    read: browserTests,
    skip: !runsBundledChromium && 'the Chromium of the lock file runs on Linux x64 only',
  },
  // Compiles the snippets of the documentation against the built declarations.
  node: { command: [...vitest('node'), '--coverage'], read: vitestTests, needs: ['build'] },
  e2e: {
    command: vitest('e2e'),
    read: vitestTests,
    rerun: ({ files, titles }) => [...vitest('e2e'), ...files, '--testNamePattern', titles],
    needs: ['build'],
  },
  package: { command: ['node', 'scripts/check-package.mjs'], needs: ['build'] },
  loaded: { command: ['node', 'scripts/gate/check-loaded.mjs'], needs: ['browser', 'node'] },
};

/** Two steps run at a time, for two cores. Only light steps run beside those that use browsers. */
const lanes = [
  ['browser', 'pictures', 'e2e', 'package', 'loaded'],
  ['build', 'node', 'lint', 'types', 'format'],
];
/** Milliseconds. A slow machine with two cores needs 28 minutes for the browsers, and more than 40 for Node beside them. */
const stepLimit = 80 * 60_000;

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
const chosen = only?.split(',') ?? Object.keys(steps);
const unknown = chosen.filter((name) => !steps[name]);
if (unknown.length > 0) throw new Error(`--only names ${unknown.join(', ')}. The steps are ${Object.keys(steps).join(', ')}.`);

const { found, missing } = await findEngines();
const engines = found.map(({ engine }) => engine);
const started = new Map();
await Promise.all(lanes.map(runLane));
const finished = await Promise.all(started.values());

const all = { problems: findFlakyProblems(finished.flatMap(({ tests = [] }) => tests)), tests: [] };
for (const { why } of missing) console.log(`\n${why}`);
console.log(summarize([...finished, all]));
process.exit(all.problems.length === 0 && finished.every(({ passed }) => passed) ? 0 : 1);

async function runLane(names) {
  for (const name of names.filter((name) => chosen.includes(name))) await start(name);
}

function start(name) {
  if (!started.has(name)) started.set(name, run(name));
  return started.get(name);
}

async function run(name) {
  const { command, read, rerun, skip, needs = [] } = steps[name];
  rmSync(`coverage/${name}`, { recursive: true, force: true });
  const before = await Promise.all(needs.filter((need) => chosen.includes(need)).map(start));
  const broken = before.filter(({ passed }) => !passed).map((step) => step.name);
  if (broken.length > 0)
    return { name, passed: false, tests: read && [], problems: [`${name} did not run: it needs ${broken.join(', ')}.`] };
  if (skip)
    return { name, passed: true, tests: [{ title: `${name} [${skip}]`, status: 'skipped', file: 'test', browser: '' }], problems: [] };
  const { failed, exitCode } = await execute(name, command);
  if (!read) return { name, passed: !failed, problems: [] };
  const first = read(name);
  const again = rerun && rerunOf(first);
  if (again) await execute(`${name}, failed tests again`, rerun(again), { ENGINES: again.engines.join(), TEST_TITLES: again.titles });
  const tests = again ? markFlaky(first, read(name)) : first;
  const problems = findDoubts(name, tests, ['node', ...engines]);
  if (failed && first.every(({ status }) => status !== 'failed')) problems.push(`${name} ended with exit code ${exitCode}; see above.`);
  return { name, passed: problems.length === 0 && tests.every(({ status }) => status !== 'failed'), tests, problems };
}

async function execute(name, [file, ...args], env) {
  const options = { preferLocal: true, all: true, reject: false, stdin: 'ignore', timeout: stepLimit };
  const result = await execa(file, args, { ...options, env: { ENGINES: engines.join(), ...env } });
  console.log(`\n── ${name} · ${result.failed ? 'FAILED' : 'passed'} · ${(result.durationMs / 1000).toFixed(1)} s\n${result.all}`);
  return result;
}
