import { forEachProvider, type ProviderName } from '../../src/testing/providers.js';
import { providers } from '../providers/index.js';
import { endpointFaults } from './endpoint.js';
import type { Faults } from './fault.js';

/** The faults of each provider, by the names in `?fault=` and in the playground's menu. */
export const faults: Readonly<Record<ProviderName, Faults>> = forEachProvider((name) => ({ ...endpointFaults, ...providers[name].faults }));
