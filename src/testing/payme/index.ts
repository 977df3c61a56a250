import { payme as provider } from '../../providers/payme/browser.js';
import { installGlobal, installStyles, type StandIn } from '../descriptor.js';
import { createPaymeApi, type PaymeApi, type PaymeApiOptions } from './api.js';
import type { PaymeLibraryFaults } from './faults.js';
import { paymeFiles } from './files.js';
import { createFlexLibrary } from './library.js';
import { flexStyles } from './styles.js';

export const payme: StandIn<PaymeApiOptions, PaymeApi, PaymeLibraryFaults> = {
  provider,
  createApi: createPaymeApi,
  files: paymeFiles,
  install(installation) {
    const undo = [installGlobal('FlexPaymentForms', createFlexLibrary(installation)), installStyles(flexStyles)];
    return () => undo.forEach((one) => one());
  },
};
