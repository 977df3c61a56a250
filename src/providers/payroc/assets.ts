import { byEnvironment } from '../by-environment.js';
import type { Assets } from '../provider.js';
import { pageHosts } from './hosts.js';

export const assets = byEnvironment(pageHosts, ({ url, integrity, gateway }): Assets => ({
  global: 'Payroc.hostedFields',
  script: { url, integrity },
  origins: gateway && [gateway],
}));
