import { payroc } from '../../../src/providers/payroc/browser/adapter.js';
import {
  createStandIns,
  fillInHostedFields,
  payrocCards,
  payWithHostedFields,
  useStandIns,
  type PayrocLibraryFaults,
} from '../../../src/testing.js';
import { openShop } from '../../support/shop.js';
import { describeProvider, type Fault, type TestedProvider } from '../describe-provider.js';

const faults: Record<Fault, keyof PayrocLibraryFaults> = {
  'constructor throws': 'constructorThrows',
  'init throws': 'initThrows',
  'never ready': 'neverReady',
  // The form has no classes to rename. The adapter checks how its iframes are shown.
  'renamed classes': 'renamedStyles',
  'keeps reporting': 'talksOn',
};

describeProvider('Payroc', setUp);

function setUp(): TestedProvider {
  const standIns = createStandIns();
  const shop = openShop(standIns);
  const inUse = useStandIns({ standIns });
  window.fetch = (input, init) => shop.outcome(new Request(input, init));
  return {
    name: 'payroc',
    provider: payroc,
    environments: ['sandbox', 'production'],
    readyLimit: 20_000,
    requestToken: (request) => shop.token(request),
    incomplete: { requestToken: () => Promise.resolve({ token: 'x', config: { fields: {} } }), field: 'fields' },
    outcomeEndpoint: '/outcome',
    fail: (fault) => Object.assign(inUse.faults.payroc, { [faults[fault]]: true }),
    clearFaults: () => Object.values(faults).forEach((fault) => Reflect.deleteProperty(inUse.faults.payroc, fault)),
    restore: inUse.restore,
    shopper: {
      fillIn: (element) => fillInHostedFields(element, payrocCards.approved),
      pay: (element) => payWithHostedFields(element, payrocCards.approved),
      beDeclined: (element) => payWithHostedFields(element, payrocCards.declined),
      payLater: (element) => payWithHostedFields(element, payrocCards.pending),
      paySlowly: (element) => {
        standIns.payroc.faults.slow = 1_000;
        payWithHostedFields(element, payrocCards.approved);
      },
      hasPaid: () => standIns.payroc.requests.some(({ url }) => url.endsWith('/single-use-tokens')),
    },
    pendingBecomes: 'pending',
  };
}
