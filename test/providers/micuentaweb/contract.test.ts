import { micuentaweb } from '../../../src/providers/micuentaweb/browser/adapter.js';
import {
  createStandIns,
  micuentawebCards,
  payWithCard,
  useStandIns,
  type MicuentawebLibraryFaults,
  type StandIns,
} from '../../../src/testing.js';
import { fillInCard } from '../../../src/testing/pay-with-card.js';
import { openShop, withoutRetries } from '../../support/shop.js';
import { describeProvider, type Endings, type Fault, type TestedProvider } from '../describe-provider.js';
import { failures } from './failures.js';

const faults: Record<Exclude<Fault, 'renamed classes'>, keyof MicuentawebLibraryFaults> = {
  'constructor throws': 'removeThrows',
  'init throws': 'attachRejects',
  'never ready': 'neverReady',
  'keeps reporting': 'talksOn',
};

let standIns: StandIns;

const endings: Endings = {
  expired(element) {
    standIns.micuentaweb.faults.deadTokens = 1;
    payWithCard(element, micuentawebCards.approved);
  },
};

describeProvider('micuentaweb', setUp, endings, { reportsReady: true, remains: failures.remains?.elements });

function setUp(): TestedProvider {
  standIns = createStandIns();
  const shop = openShop(standIns, withoutRetries);
  const inUse = useStandIns({ standIns });
  window.fetch = (input, init) => shop.outcome(new Request(input, init));
  return {
    name: 'micuentaweb',
    provider: micuentaweb,
    environments: ['sandbox', 'production'],
    isAlone: true,
    readyLimit: 20_000,
    requestToken: (request) => shop.token(request),
    incomplete: { requestToken: () => Promise.resolve({ token: 'x', config: {} }), field: 'publicKey' },
    outcomeEndpoint: '/outcome',
    fail: (fault) => fault !== 'renamed classes' && Object.assign(inUse.faults.micuentaweb, { [faults[fault]]: true }),
    clearFaults: () => Object.values(faults).forEach((fault) => Reflect.deleteProperty(inUse.faults.micuentaweb, fault)),
    restore: inUse.restore,
    shopper: {
      fillIn: (element) => fillInCard(element, micuentawebCards.approved),
      pay: (element) => payWithCard(element, micuentawebCards.approved),
      beDeclined: (element) => payWithCard(element, micuentawebCards.declined),
      payLater: (element) => payWithCard(element, micuentawebCards.pending),
    },
    pendingBecomes: 'pending',
  };
}
