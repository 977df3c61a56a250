// Adds up what the browsers and Node covered of src/. Fails below the threshold, and where a source file was never loaded.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import istanbul from 'istanbul-lib-coverage';
import { instrument, isSource } from './instrument.mjs';

const threshold = 95;
/** What decides about money is covered whole: the merchant's backend, and each provider's half of it. */
const whole = /^src\/(server\/|providers\/[^/]+\/server)/;
const kinds = ['lines', 'branches'];

const covered = merge(reports());
const files = sources().map(coverageOf);
const all = istanbul.createCoverageSummary();
for (const { coverage } of files) all.merge(coverage.toSummary());

writeFileSync('coverage/coverage-final.json', JSON.stringify(covered));
const problems = [...files.filter((file) => file.neverLoaded).map(({ path }) => `${path} was loaded by no test.`), ...shortfalls()];
printBelow(files);
console.log(`src, ${files.length} files: ${kinds.map((kind) => `${kind} ${figures(all[kind])}`).join(', ')}`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

function reports() {
  const nodeReports = existsSync('coverage/node') ? readdirSync('coverage/node').filter((file) => file.endsWith('.coverage.json')) : [];
  return ['coverage/wtr/coverage.json', ...nodeReports.map((file) => `coverage/node/${file}`)].filter((file) => existsSync(file));
}

function merge(paths) {
  const map = istanbul.createCoverageMap();
  for (const path of paths) map.merge(JSON.parse(readFileSync(path, 'utf8')));
  return map;
}

/** Every file of src/ with code in it; a file of types alone has nothing to cover. */
function sources() {
  const paths = readdirSync('src', { recursive: true }).map((path) => resolve('src', String(path)));
  return paths.filter((path) => isSource(path) && hasCode(path)).sort();
}

function hasCode(path) {
  const { counters } = instrument(readFileSync(path, 'utf8'), path);
  return Object.keys(counters.s).length + Object.keys(counters.f).length > 0;
}

function coverageOf(path) {
  const neverLoaded = !covered.data[path];
  if (neverLoaded) covered.addFileCoverage(instrument(readFileSync(path, 'utf8'), path).counters);
  return { path: relative('.', path).split(sep).join('/'), neverLoaded, coverage: covered.fileCoverageFor(path) };
}

function shortfalls() {
  const problems = kinds.filter((kind) => all[kind].pct < threshold).map((kind) => `Coverage of ${kind} is below ${threshold} %.`);
  problems.push(...files.filter((file) => whole.test(file.path) && !isCovered(file)).map(({ path }) => `${path} is not covered whole.`));
  return all.lines.total === 0 ? ['There is nothing in the coverage reports.'] : problems;
}

function isCovered({ path, coverage }) {
  const summary = coverage.toSummary();
  return kinds.every((kind) => summary[kind].pct >= (whole.test(path) ? 100 : threshold));
}

function printBelow(files) {
  for (const { path, coverage } of files.filter((file) => !isCovered(file))) {
    const summary = coverage.toSummary();
    console.log(
      `${path}: ${kinds.map((kind) => `${kind} ${figures(summary[kind])}`).join(', ')}; not covered: ${gaps(coverage).join(', ')}`,
    );
  }
}

/** Line numbers; of a line that ran, those of its branches that did not. */
function gaps(coverage) {
  const lines = coverage.getUncoveredLines().map(Number);
  const branches = Object.entries(coverage.b).flatMap(([id, hits]) => {
    const { locations, loc } = coverage.branchMap[id];
    return hits.flatMap((hit, index) => (hit > 0 ? [] : [locations[index]?.start?.line ?? loc.start.line]));
  });
  const partly = [...new Set(branches)].filter((line) => !lines.includes(line)).map((line) => `${line} (a branch)`);
  return [...lines, ...partly];
}

function figures({ pct, covered, total }) {
  return `${pct} % (${covered}/${total})`;
}
