import { payme } from '../../../src/providers/payme/browser/adapter.js';
import { createStandIns, paymeCards, payWithCard, useStandIns, type PaymeLibraryFaults } from '../../../src/testing.js';
import { fillInCard } from '../../../src/testing/pay-with-card.js';
import { openShop } from '../../support/shop.js';
import { describeProvider, type Endings, type Fault, type TestedProvider } from '../describe-provider.js';

const faults: Record<Fault, keyof PaymeLibraryFaults> = {
  'constructor throws': 'constructorThrows',
  'init throws': 'initThrows',
  'never ready': 'neverReady',
  'renamed classes': 'renamedClasses',
  'keeps reporting': 'talksOn',
};

const endings: Endings = {
  cancelled: (element) => element.querySelector<HTMLElement>('.back-to-merchant')!.click(),
};

describeProvider('Pay-me', setUp, endings);

function setUp(): TestedProvider {
  const standIns = createStandIns();
  const shop = openShop(standIns);
  const inUse = useStandIns({ standIns });
  return {
    name: 'payme',
    provider: payme,
    environments: ['sandbox', 'production'],
    readyLimit: 15_000,
    requestToken: (request) => shop.token(request),
    incomplete: { requestToken: () => Promise.resolve({ token: 'x', config: {} }), field: 'payload' },
    fail: (fault) => Object.assign(inUse.faults.payme, { [faults[fault]]: true }),
    clearFaults: () => Object.values(faults).forEach((fault) => Reflect.deleteProperty(inUse.faults.payme, fault)),
    restore: inUse.restore,
    shopper: {
      fillIn: (element) => fillInCard(element, paymeCards.approved),
      pay: (element) => payWithCard(element, paymeCards.approved),
      beDeclined: (element) => payWithCard(element, paymeCards.declined),
      payLater: (element) => payWithCard(element, paymeCards.pending),
    },
    pendingBecomes: 'succeeded',
  };
}
