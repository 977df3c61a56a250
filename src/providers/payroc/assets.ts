import { byEnvironment } from '../map-environments.js';
import type { Assets } from '../provider.js';
import { hosts } from './hosts.js';

export const assets = byEnvironment(hosts, ({ url, integrity, gateway }): Assets => ({
  global: 'Payroc.hostedFields',
  script: { url, integrity },
  origins: gateway && [gateway],
}));
