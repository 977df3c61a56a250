import type { MicuentawebApiFaults, MicuentawebLibraryFaults } from '../../../src/testing.js';
import type { Faults } from '../../faults/fault.js';

export const micuentawebFaults: Faults<MicuentawebApiFaults, MicuentawebLibraryFaults> = {
  'short-session': {
    label: 'Token endpoint: sessions of 20 s',
    ends: 'ready; the open form gets a new session again and again',
    token: 'short',
  },
  'never-ready': {
    label: 'Library: the form is never ready',
    ends: 'failed · provider / timeout, after 2 attempts of 20 s',
    library: { neverReady: true },
  },
  'slow-form': { label: 'Library: form 5 s late', ends: 'ready', library: { slow: 5_000 } },
  'library-throws': { label: 'Library: throws', ends: 'failed · provider / threw', library: { removeThrows: true } },
  credentials: { label: 'Lyra: password refused', ends: 'failed · endpoint / http, at once', api: { token: 'INT_905' } },
  'lyra-500': { label: 'Lyra: 500', ends: 'failed · endpoint / http, after 3 tries', api: { token: 500 } },
  'lyra-slow': { label: 'Lyra: every answer 2 s late', ends: 'ready', api: { slow: 2_000 } },
  'lost-payment': {
    label: 'Lyra: the payment goes unanswered',
    ends: 'succeeded, as the backend finds the payment',
    api: { payment: 'lost' },
  },
  unconfirmed: {
    label: 'Lyra: cannot say what was paid',
    ends: 'pending; pay to see it',
    api: { payment: 'lost', queries: 500 },
  },
};
