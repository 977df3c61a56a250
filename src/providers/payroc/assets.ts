import { mapEnvironments } from '../map-environments.js';
import type { Assets } from '../provider.js';
import { libraries } from './hosts.js';

export const assets = mapEnvironments(libraries, ({ url, integrity, gateway }): Assets => ({
  global: 'Payroc.hostedFields',
  script: { url, integrity },
  origins: gateway && [gateway],
}));
