import { byEnvironment } from '../map-environments.js';
import type { Assets } from '../provider.js';
import { hosts, scriptPath } from './hosts.js';

/** Evaluating the script sets `window.onload` to null (*measured in the September 2025 build*). It has no style sheet. */
export const assets = byEnvironment(hosts, ({ checkout }): Assets => ({
  global: 'Izipay',
  script: { url: `${checkout}${scriptPath}`, keeps: ['onload'] },
  origins: [checkout],
}));
