import { payme as provider } from '../../providers/payme/browser/adapter.js';
import { installGlobal, type StandIn } from '../descriptor.js';
import { adoptStyles } from '../dom.js';
import { createPaymeApi, type PaymeApi, type PaymeApiOptions } from './api.js';
import type { PaymeLibraryFaults } from './faults.js';
import { createFlexLibrary } from './library.js';
import { pay } from './pay.js';
import { flexStyles } from './styles.js';

export const payme: StandIn<PaymeApiOptions, PaymeApi, PaymeLibraryFaults> = {
  provider,
  createApi: createPaymeApi,
  styles: flexStyles,
  pay,
  install(installation) {
    const undo = [installGlobal('FlexPaymentForms', createFlexLibrary(installation)), adoptStyles(document, flexStyles)];
    return () => undo.forEach((one) => one());
  },
};
