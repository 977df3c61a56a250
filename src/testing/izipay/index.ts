import { izipay as provider } from '../../providers/izipay/browser/adapter.js';
import { installGlobal, type StandIn } from '../descriptor.js';
import { createIzipayApi, type IzipayApi, type IzipayApiOptions } from './api.js';
import type { IzipayLibraryFaults } from './faults.js';
import { removeFrames } from './frame.js';
import { createIzipayLibrary, preloadFrame } from './library.js';
import { pay } from './pay.js';

export const izipay: StandIn<IzipayApiOptions, IzipayApi, IzipayLibraryFaults> = {
  provider,
  createApi: createIzipayApi,
  pay,
  /** Imitates a page that loaded the script some time ago, so the script has already inserted its iframe. */
  install(page) {
    const library = createIzipayLibrary(page);
    const undo = ['Izipay', 'iziCheckout'].map((name) => installGlobal(name, library));
    preloadFrame(document.body);
    return () => {
      removeFrames();
      undo.forEach((one) => one());
    };
  },
};
