import type { PayrocApiFaults, PayrocLibraryFaults } from '../../../src/testing.js';
import type { Faults } from '../../faults/fault.js';

export const payrocFaults: Faults<PayrocApiFaults, PayrocLibraryFaults> = {
  'short-session': {
    label: 'Token endpoint: sessions of 20 s',
    ends: 'ready again and again, with a new session; expired, once the form was touched',
    token: 'short',
  },
  'never-ready': {
    label: 'Library: fields stay invisible',
    ends: 'failed · provider / timeout, after 2 attempts of 20 s',
    library: { neverReady: true },
  },
  'never-connected': {
    label: 'Library: fields never connect',
    ends: 'failed · provider / timeout, after 2 attempts of 20 s',
    library: { neverConnected: true },
  },
  'renamed-styles': { label: 'Library: shows its fields in another way', ends: 'ready, after 20 s', library: { renamedStyles: true } },
  'slow-form': { label: 'Library: fields 5 s late', ends: 'ready', library: { slow: 5_000 } },
  'library-throws': { label: 'Library: throws', ends: 'failed · provider / threw', library: { constructorThrows: true } },
  'dead-session': {
    label: 'Payroc: every session is dead',
    ends: 'failed · provider / session, after 2 attempts',
    api: { deadSessions: true },
  },
  'dead-session-once': {
    label: 'Payroc: one session is dead',
    ends: 'ready, with the second attempt',
    api: { deadSessions: 1 },
  },
  credentials: {
    label: 'Payroc: credentials refused',
    ends: 'failed · endpoint / http, at once',
    api: { authorize: 401, sessions: 401 },
  },
  'old-library': {
    label: 'Payroc: library version no longer accepted',
    ends: 'failed · endpoint / http; the server says why',
    api: { sessions: 'libVersion' },
  },
  'payroc-500': { label: 'Payroc: 500', ends: 'failed · endpoint / http, after 3 tries', api: { sessions: 500 } },
  'payroc-slow': { label: 'Payroc: every answer 2 s late', ends: 'ready', api: { slow: 2_000 } },
  'submission-fails': {
    label: 'Payroc: details cannot be sent',
    ends: 'ready, with an error in the form; pay to see it',
    api: { singleUseTokens: 500 },
  },
  unconfirmed: {
    label: 'Payroc: the sale goes unanswered',
    ends: 'pending, after 3 tries; pay to see it',
    api: { payments: 500 },
  },
};
