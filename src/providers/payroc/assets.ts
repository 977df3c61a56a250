import { mapEnvironments } from '../map-environments.js';
import type { Assets } from '../provider.js';
import { hosts } from './hosts.js';

export const assets = mapEnvironments(hosts, ({ url, integrity, gateway }): Assets => ({
  global: 'Payroc.hostedFields',
  script: { url, integrity },
  origins: gateway && [gateway],
}));
