import { micuentaweb as provider } from '../../providers/micuentaweb/browser/adapter.js';
import { installGlobal, type StandIn } from '../descriptor.js';
import { createMicuentawebApi, type MicuentawebApi, type MicuentawebApiOptions } from './api.js';
import type { MicuentawebLibraryFaults } from './faults.js';
import { createMicuentawebLibrary } from './library.js';
import { pay } from './pay.js';

/** The stand-in of all brands. */
export const micuentaweb: StandIn<MicuentawebApiOptions, MicuentawebApi, MicuentawebLibraryFaults> = {
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
