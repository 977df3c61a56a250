import { izipay } from '../../../src/providers/izipay/browser/adapter.js';
import { createStandIns, izipayCards, payWithCard, useStandIns, type IzipayLibraryFaults } from '../../../src/testing.js';
import { fillInCard } from '../../../src/testing/pay-with-card.js';
import { openShop } from '../../support/shop.js';
import { describeProvider, type Endings, type Fault, type TestedProvider } from '../describe-provider.js';

const faults: Record<Fault, keyof IzipayLibraryFaults> = {
  'constructor throws': 'constructorThrows',
  'init throws': 'initThrows',
  'never ready': 'neverReady',
  'renamed classes': 'renamedIds',
  'keeps reporting': 'talksOn',
};

const endings: Endings = {
  cancelled: (element) => element.querySelector('iframe')!.contentDocument!.querySelector<HTMLElement>('[data-action="close"]')!.click(),
  expired: (element) => payWithCard(element, izipayCards.inactive),
};

describeProvider('Izipay', setUp, endings);

function setUp(): TestedProvider {
  const standIns = createStandIns();
  const shop = openShop(standIns);
  const inUse = useStandIns({ standIns });
  return {
    name: 'izipay',
    provider: izipay,
    environments: ['sandbox', 'production', 'test'],
    isAlone: true,
    readyLimit: 20_000,
    requestToken: (request) => shop.token(request),
    incomplete: { requestToken: () => Promise.resolve({ token: 'x', config: {} }), field: 'keyRSA' },
    fail: (fault) => Object.assign(inUse.faults.izipay, { [faults[fault]]: true }),
    clearFaults: () => Object.values(faults).forEach((fault) => Reflect.deleteProperty(inUse.faults.izipay, fault)),
    restore: inUse.restore,
    shopper: {
      fillIn: (element) => fillInCard(element, izipayCards.approved),
      pay: (element) => payWithCard(element, izipayCards.approved),
      beDeclined: (element) => payWithCard(element, izipayCards.declined),
      payLater: (element) => payWithCard(element, izipayCards.undecided),
      paySlowly: (element) => {
        inUse.faults.izipay.lateMessages = true;
        payWithCard(element, izipayCards.approved);
      },
    },
    pendingBecomes: 'pending',
  };
}
