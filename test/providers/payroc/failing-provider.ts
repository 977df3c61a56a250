import { hosts } from '../../../src/providers/payroc/hosts.js';
import { createPayrocLibrary, payrocCards, payWithHostedFields } from '../../../src/testing.js';
import { fetchOf, type FailingProvider } from '../../failures/failing-provider.js';

export const failingProvider: FailingProvider = {
  host: hosts.sandbox.gateway,
  evaluate: (setup) => createPayrocLibrary({ fetch: fetchOf(setup), faults: setup.faults.payroc }).hostedFields,
  throwAtFirstCall: ({ faults }) => void (faults.payroc.constructorThrows = true),
  throwOnOpening: ({ faults }) => void (faults.payroc.initThrows = true),
  failAtOnce: ({ standIns }) => (standIns.payroc.faults.deadSessions = true),
  failSlowly: ({ standIns }) => (standIns.payroc.faults.configuration = 500),
  spendToken: ({ standIns }) => (standIns.payroc.faults.deadSessions = 1),
  pay: (element) => payWithHostedFields(element, payrocCards.approved),
  forge: (report) => (report.singleUseToken = '0'.repeat(128)),
};
