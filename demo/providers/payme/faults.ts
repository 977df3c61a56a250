import type { PaymeApiFaults, PaymeLibraryFaults } from '../../../src/testing.js';
import type { Faults } from '../../faults/fault.js';

export const paymeFaults: Faults<PaymeApiFaults, PaymeLibraryFaults> = {
  'never-ready': {
    label: 'Library: spinner for ever',
    ends: 'failed · provider / timeout, after 2 attempts of 15 s',
    library: { neverReady: true },
  },
  'empty-form': {
    label: 'Library: draws nothing',
    ends: 'failed · provider / timeout, after 2 attempts of 15 s',
    library: { empty: true },
  },
  'renamed-classes': { label: 'Library: other class names', ends: 'ready, after 15 s', library: { renamedClasses: true } },
  'slow-form': { label: 'Library: form 5 s late', ends: 'ready', library: { slow: 5_000 } },
  'library-throws': { label: 'Library: throws', ends: 'failed · provider / threw', library: { constructorThrows: true } },
  'dead-nonce': {
    label: 'Pay-me: every nonce dies on the way',
    ends: 'failed · provider / timeout, after 2 attempts of 15 s',
    api: { deadNonces: true },
  },
  'dead-nonce-once': {
    label: 'Pay-me: one nonce dies on the way',
    ends: 'ready, with the second attempt',
    api: { deadNonces: 1 },
  },
  'without-nonce': {
    label: 'Pay-me: 200 without a nonce',
    ends: 'failed · endpoint / http, after 3 tries',
    api: { nonce: 'without-nonce' },
  },
  credentials: {
    label: 'Pay-me: credentials refused',
    ends: 'failed · endpoint / http, at once',
    api: { token: 401, nonce: 401 },
  },
  'payme-500': { label: 'Pay-me: 500', ends: 'failed · endpoint / http, after 3 tries', api: { nonce: 500 } },
  'payme-slow': { label: 'Pay-me: every answer 2 s late', ends: 'ready', api: { slow: 2_000 } },
  unconfirmed: {
    label: 'Pay-me: cannot say what was paid',
    ends: 'pending, after 3 tries; pay to see it',
    api: { charges: 500 },
  },
  unpaid: { label: 'Pay-me: the QR is not paid', ends: 'pending, then failed · declined after 2 min', api: { unpaid: true } },
};
