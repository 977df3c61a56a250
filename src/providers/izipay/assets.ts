import { mapEnvironments } from '../map-environments.js';
import type { Assets } from '../provider.js';
import { pageHosts, scriptPath } from './hosts.js';

/** The script sets `window.onload` to null when it is evaluated (*measured in the September 2025 build*). It has no style sheet. */
export const assets = mapEnvironments(pageHosts, (checkout): Assets => ({
  global: 'Izipay',
  script: { url: `${checkout}${scriptPath}`, keeps: ['onload'] },
  // The library gives its container 584 px (measured in the September 2025 build).
  height: '36.5rem',
  origins: [checkout],
}));
