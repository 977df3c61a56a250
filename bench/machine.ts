import { cpus, loadavg, totalmem } from 'node:os';

/** Describes in a sentence when and on which machine the measurement ran. The load average includes the benchmark itself. */
export function measuredOn(browserVersion?: string): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  const [load = 0] = loadavg();
  return `Measured on ${date}: ${cpus().length} cores (${cpu?.model.trim()}), ${memory} GB, Node ${process.version}${browserVersion ? `, Chromium ${browserVersion}` : ''}; load average ${load.toFixed(1)}.`;
}
