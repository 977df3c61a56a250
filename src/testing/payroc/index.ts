import { payroc as provider } from '../../providers/payroc/browser/adapter.js';
import { installGlobal, type StandIn } from '../descriptor.js';
import { createPayrocApi, type PayrocApi, type PayrocApiOptions } from './api.js';
import type { PayrocLibraryFaults } from './faults.js';
import { createPayrocLibrary } from './library.js';
import { pay } from './pay.js';

export const payroc: StandIn<PayrocApiOptions, PayrocApi, PayrocLibraryFaults> = {
  provider,
  createApi: createPayrocApi,
  pay,
  install: (installation) => installGlobal('Payroc', createPayrocLibrary(installation)),
};
