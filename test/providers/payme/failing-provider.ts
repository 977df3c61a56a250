import { hosts } from '../../../src/providers/payme/hosts.js';
import { createFlexLibrary, paymeCards, payWithCard } from '../../../src/testing.js';
import { fetchOf, type FailingProvider } from '../../failures/failing-provider.js';

export const failingProvider: FailingProvider = {
  host: hosts.sandbox.auth,
  evaluate: (setup) => createFlexLibrary({ fetch: fetchOf(setup), faults: setup.faults.payme }),
  throwAtFirstCall: ({ faults }) => void (faults.payme.constructorThrows = true),
  throwOnOpening: ({ faults }) => void (faults.payme.initThrows = true),
  failAtOnce: ({ standIns }) => (standIns.payme.faults.deadNonces = true),
  failSlowly: ({ standIns }) => (standIns.payme.faults.session = 'hang'),
  spendToken: ({ standIns }) => (standIns.payme.faults.deadNonces = 1),
  pay: (element) => payWithCard(element, paymeCards.approved),
  forge: ({ raw }) => (raw.merchant_operation_number = '123456789'),
};
