// Coverage reports omit files that no test loads. This check names them.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';

const reports = ['browser', 'node'].map((runner) => JSON.parse(readFileSync(`coverage/${runner}/coverage-final.json`, 'utf8')));
const sources = readdirSync('src', { recursive: true }).map((path) => resolve('src', path));
const untested = sources.filter((path) => /(?<!\.d)\.ts$/.test(path) && !isLoaded(path) && hasCode(path));

for (const path of untested) console.error(`No test loads ${path}.`);
process.exitCode = untested.length > 0 ? 1 : 0;

/** vitest also lists files that it did not load, with zero hits. */
function isLoaded(path) {
  const hits = reports.flatMap((report) => (report[path] ? [Object.values(report[path].s)] : []));
  return hits.some((counts) => counts.length === 0 || counts.some((count) => count > 0));
}

/** A file that contains only types has no code to run. */
function hasCode(path) {
  const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: true },
  });
  return outputText.replace(/export \{\};?/, '').trim() !== '';
}
