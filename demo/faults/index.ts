import { forEachProvider, type ProviderName } from '../../src/testing/providers.js';
import { providers } from '../providers/index.js';
import { endpointFaults } from './endpoint.js';
import type { Faults } from './fault.js';

/** By provider, the faults that `?fault=` names and the playground's menu offers. */
export const faults: Readonly<Record<ProviderName, Faults>> = forEachProvider((name) => ({ ...endpointFaults, ...providers[name].faults }));
