// Runs the benchmarks, prints the figures and stores them in results.md: `npm run bench`. `npm run bench -- soak` runs one of
// them, and `--cycles 200` makes a quick run.
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.js';
import { page } from './page/index.js';
import { outage } from './page/outages.js';
import { keepResult } from './results.js';
import { serve } from './serve/index.js';
import { server } from './server.js';
import { several } from './several.js';
import { sizes } from './sizes.js';
import { soak } from './soak/index.js';
import { upgrade } from './upgrade/index.js';

const benchmarks: Readonly<Record<string, Benchmark>> = { sizes, page, outage, upgrade, several, server, serve, soak };

const { positionals, values } = parseArgs({ allowPositionals: true, options: { cycles: { type: 'string' } } });
const cycles = values.cycles === undefined ? undefined : Number(values.cycles);
const chosen = positionals.length > 0 ? positionals : Object.keys(benchmarks);

for (const name of chosen) {
  const benchmark = benchmarks[name];
  if (!benchmark) throw new Error(`There is no benchmark ${name}; there are ${Object.keys(benchmarks).join(', ')}.`);
  const report = await benchmark({ cycles });
  console.log(`\n${report.title}\n\n${report.text}\n`);
  if (cycles === undefined) await keepResult(report);
  if (!report.holds) process.exitCode = 1;
}
