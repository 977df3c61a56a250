import type { IzipayApiFaults, IzipayLibraryFaults } from '../../../src/testing.js';
import type { Faults } from '../../faults/fault.js';

export const izipayFaults: Faults<IzipayApiFaults, IzipayLibraryFaults> = {
  'never-ready': {
    label: 'Library: the form never comes',
    ends: 'failed · provider / timeout, after 2 attempts of 20 s',
    library: { neverReady: true },
  },
  'renamed-ids': { label: 'Library: renamed ids', ends: 'ready, after 20 s', library: { renamedIds: true } },
  'lost-form': { label: 'Library: loses its first form', ends: 'ready', library: { lostForms: 1 } },
  'slow-form': { label: 'Library: form 5 s late', ends: 'ready', library: { slow: 5_000 } },
  'library-throws': { label: 'Library: throws', ends: 'failed · provider / threw', library: { constructorThrows: true } },
  refused: { label: 'Izipay: 200 that says no', ends: 'failed · endpoint / http, after 3 tries', api: { token: 'refused' } },
  credentials: { label: 'Izipay: credentials refused', ends: 'failed · endpoint / http, at once', api: { token: 401 } },
  'izipay-500': { label: 'Izipay: 500', ends: 'failed · endpoint / http, after 3 tries', api: { token: 500 } },
  'izipay-slow': { label: 'Izipay: every answer 2 s late', ends: 'ready', api: { slow: 2_000 } },
  unconfirmed: {
    label: 'Izipay: cannot say what was paid',
    ends: 'pending; pay to see it',
    api: { charge: 500 },
  },
};
