import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import { createStandIns, useStandIns } from '../../src/testing.js';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import { byProvider } from '../failures/provider-failures.js';
import { fakeClock, pass } from '../support/clock.js';
import { comesTo, create } from '../support/element.js';
import { countLiving } from '../support/leaks.js';
import { openShop } from '../support/shop.js';

/** Cycles before the first count, so that everything that loads once has loaded. */
const first = 5;
/** Cycles before the second count. `npm run bench -- soak` runs more. */
const last = 30;

/** The listeners that each library leaves behind with every form, and that no page can remove. */
const leakedListeners = byProvider((failures) => failures.leakedListeners);
/** Milliseconds. Payroc's library has a timer for each iframe to connect, and keeps it after the iframe has connected. */
const libraryTimers = 30_000;

describe('<pay-checkout>', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = fakeClock();
  });
  afterEach(() => clock.restore());

  for (const provider of providerNames) {
    it(`leaves no more behind after ${last} insertions and removals than after ${first}, with the stand-in of ${provider}`, async function () {
      this.timeout(60_000);
      const standIns = createStandIns();
      const shop = openShop(standIns);
      const inUse = useStandIns({ standIns });
      const living = countLiving();
      const countRemains = () => ({
        nodes: document.querySelectorAll('*').length,
        styleSheets: document.adoptedStyleSheets.length,
        timers: clock.countTimers(),
        observers: living.observers,
        listeners: living.listeners,
      });
      await insertAndRemove(provider, first, shop.token);
      const before = countRemains();
      await insertAndRemove(provider, last - first, shop.token);
      const leaks = Array.from({ length: last - first }, () => leakedListeners[provider]).flat();
      expect(countRemains()).to.deep.equal({ ...before, listeners: [...before.listeners, ...leaks].sort() });
      living.end();
      inUse.restore();
    });
  }
});

async function insertAndRemove(provider: ProviderName, times: number, token: (request: Request) => Promise<Response>): Promise<void> {
  for (let n = 0; n < times; n++) {
    const element = create({ provider, order: 'A-1001', requestToken: token });
    document.body.append(element);
    await comesTo(element, 'ready');
    element.remove();
  }
  await pass(libraryTimers);
}
