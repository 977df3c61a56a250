import { izipay as provider } from '../../providers/izipay/browser.js';
import { hosts, scriptPath } from '../../providers/izipay/contract.js';
import { installGlobal, type StandIn, type StandInFile } from '../descriptor.js';
import { createIzipayApi, type IzipayApi, type IzipayApiOptions } from './api.js';
import type { IzipayLibraryFaults } from './faults.js';
import { removeFrames } from './frame.js';
import { createIzipayLibrary, preload } from './library.js';

export const izipay: StandIn<IzipayApiOptions, IzipayApi, IzipayLibraryFaults> = {
  provider,
  createApi: createIzipayApi,
  files: izipayFiles,
  /** As a page that loaded the script a while ago: its preparations are over. */
  install(page) {
    const library = createIzipayLibrary(page);
    const undo = ['Izipay', 'iziCheckout'].map((name) => installGlobal(name, library));
    preload(document.body);
    return () => {
      removeFrames();
      undo.forEach((one) => one());
    };
  },
};

/** There is no style sheet. */
function izipayFiles(script?: () => string | Promise<string>): ReadonlyMap<string, StandInFile> {
  if (!script) return new Map();
  const file: StandInFile = { type: 'text/javascript', read: script };
  return new Map(Object.values(hosts).map(({ checkout }) => [`${checkout}${scriptPath}`, file]));
}
