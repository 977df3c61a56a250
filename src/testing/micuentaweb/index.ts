import { micuentaweb as provider } from '../../providers/micuentaweb/browser/adapter.js';
import { installGlobal, type StandIn } from '../descriptor.js';
import { createMicuentawebApi, type MicuentawebApi, type MicuentawebApiOptions } from './api.js';
import type { MicuentawebLibraryFaults } from './faults.js';
import { createMicuentawebLibrary } from './library.js';
import { pay } from './pay.js';

type MicuentawebStandIn = StandIn<MicuentawebApiOptions, MicuentawebApi, MicuentawebLibraryFaults>;

/** Creates the stand-in of one brand from its adapter. */
export function createMicuentawebStandIn(provider: MicuentawebStandIn['provider']): MicuentawebStandIn {
  return {
    provider,
    createApi: createMicuentawebApi,
    pay,
    install(page) {
      const installed = new AbortController();
      const undo = installGlobal('KR', createMicuentawebLibrary({ ...page, signal: installed.signal }));
      return () => {
        installed.abort();
        undo();
      };
    },
  };
}

export const micuentaweb = createMicuentawebStandIn(provider);
