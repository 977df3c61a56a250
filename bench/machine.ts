import { cpus, loadavg, totalmem } from 'node:os';

/** Where and when it was measured, in a sentence, and what else ran there: the load average counts the measuring, too. */
export function measuredOn(browserVersion?: string): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  const [load = 0] = loadavg();
  return `Measured on ${date}: ${cpus().length} cores (${cpu?.model.trim()}), ${memory} GB, Node ${process.version}${browserVersion ? `, Chromium ${browserVersion}` : ''}; load average ${load.toFixed(1)}.`;
}
