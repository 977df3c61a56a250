// The gate. `npm test` runs every step, and ends with the line "N passed, N failed", which says where they ran.
// `npm test -- --only wtr,lint` runs some of the steps; `npm test -- --ratchet` raises the least numbers of tests to what ran.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findEngines } from './engines.mjs';
import { judge, ranMore } from './gate/judge.mjs';
import { vitestResults, wtrResults } from './gate/results.mjs';
import { runCommand, stopAll } from './gate/run.mjs';
import { lastLine, skips } from './gate/tell.mjs';

/** A step without `results` is a check: its exit code counts as one test. */
const steps = {
  build: { command: 'node scripts/build.mjs' },
  format: { command: 'prettier --check --log-level warn .' },
  lint: { command: 'eslint --max-warnings 0 .' },
  types: { command: 'npm run types' },
  wtr: { command: 'wtr', results: wtrResults },
  // The snippets of the documentation are compiled against the built declarations.
  node: { command: vitest('node'), results: () => vitestResults('node'), needs: ['build'] },
  e2e: { command: vitest('e2e'), results: () => vitestResults('e2e'), needs: ['build'] },
  package: { command: 'node scripts/check-package.mjs', needs: ['build'] },
  coverage: { command: 'node scripts/gate/coverage.mjs', needs: ['wtr', 'node'] },
};

/** Two steps at a time, for two cores; but one that suffers from company, as tests in real time do, is beside light ones only. */
const lanes = [
  ['node', 'wtr', 'e2e', 'package', 'coverage'],
  ['build', 'lint', 'types', 'format'],
];

const { only, ratchet } = parseArgs({ options: { only: { type: 'string' }, ratchet: { type: 'boolean' } } }).values;
const chosen = only?.split(',') ?? Object.keys(steps);
// Once for all steps: a Chromium from npm has to be unpacked.
const engines = await findEngines();
const found = engines.found.map(({ engine }) => engine);
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
  const { command, results, needs = [] } = steps[name];
  const before = await Promise.all(needs.filter((need) => chosen.includes(need)).map(start));
  const broken = before.filter((step) => step.failed > 0).map((step) => step.name);
  if (broken.length > 0) return finish({ name, passed: 0, failed: 1, problems: [`Not run, as it needs ${broken.join(' and ')}.`] });
  const { code, output, seconds } = await runCommand(command, { ENGINES: found.join() });
  const outcome = results ? judge(name, code, results(), ['node', ...found]) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  return finish({ name, output, seconds, ...outcome });
}

function finish(step) {
  const { name, output = '', seconds = 0, failed, problems = [] } = step;
  console.log(`\n── ${name} · ${failed > 0 ? 'FAILED' : 'passed'} · ${seconds.toFixed(1)} s`);
  for (const text of [output.trim(), ...problems]) if (text) console.log(text);
  finished.push(step);
  return step;
}

function end(problem) {
  stopAll();
  const problems = engines.missing.filter(({ required }) => required).length + (problem ? 1 : 0);
  const failed = problems > 0 || finished.some((step) => step.failed > 0);
  if (!failed && ranMore(finished, ratchet)) console.log('\nMore tests ran than are asked for; `npm test -- --ratchet` asks for them all.');
  for (const text of [...skips(finished), ...engines.missing.map(({ why }) => why), problem]) if (text) console.log(`\n${text}`);
  console.log(`\n${lastLine(finished, engines.missing, problems)}`);
  process.exit(failed ? 1 : 0);
}

function vitest(project) {
  return `vitest run --project ${project} --reporter=default --reporter=json --outputFile.json=coverage/${project}/results.json`;
}
