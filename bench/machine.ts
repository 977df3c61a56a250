import { cpus, totalmem } from 'node:os';

/** Where and when it was measured, in a sentence. */
export function measuredOn(browserVersion?: string): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  return `Measured on ${date}: ${cpus().length} cores (${cpu?.model.trim()}), ${memory} GB, Node ${process.version}${browserVersion ? `, Chromium ${browserVersion}` : ''}.`;
}
