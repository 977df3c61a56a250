import { mapEnvironments } from '../map-environments.js';
import type { Assets } from '../provider.js';
import { pageHosts, scriptPath, type Brand } from './hosts.js';

/** Creates the assets of a brand. Both environments have the same files, because the keys decide (documentation, "Quick start"). */
export function createAssets(brand: Brand) {
  const host = pageHosts[brand];
  return mapEnvironments({ sandbox: host, production: host }, (origin): Assets => ({
    global: 'KR',
    // The script replaces both handlers when it is evaluated (measured in the 2022 build).
    script: { url: `${origin}${scriptPath}`, keeps: ['onerror', 'onunhandledrejection'] },
    height: '20rem',
    origins: [origin],
  }));
}
