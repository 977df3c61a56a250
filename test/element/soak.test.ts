import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import { createStandIns, useStandIns } from '../../src/testing.js';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import { byProvider } from '../failures/provider-failures.js';
import { fakeClock, pass } from '../support/clock.js';
import { comesTo, create } from '../support/element.js';
import { countLiving } from '../support/leaks.js';
import { openShop } from '../support/shop.js';

/** Cycles until everything is there that is loaded once, and until we look again. The long form is `npm run bench -- soak`. */
const [first, last] = [5, 30];

const leakedListeners = byProvider((failures) => failures.leakedListeners);
/** Milliseconds. Payroc's library waits so long for each iframe to connect, even when it has. */
const libraryTimers = 30_000;

describe(`what is left of an element after ${last} times on the page and off it is no more than after ${first}`, () => {
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = fakeClock();
  });
  afterEach(() => clock.restore());

  for (const provider of providerNames) {
    it(`with the stand-in of ${provider}`, async function () {
      this.timeout(60_000);
      const standIns = createStandIns();
      const shop = openShop(standIns);
      const inUse = useStandIns({ standIns });
      const living = countLiving();
      const left = () => ({
        nodes: document.querySelectorAll('*').length,
        styleSheets: document.adoptedStyleSheets.length,
        timers: clock.countTimers(),
        observers: living.observers,
        listeners: living.listeners,
      });
      await cycle(provider, first, shop.token);
      const before = left();
      await cycle(provider, last - first, shop.token);
      const leaks = Array.from({ length: last - first }, () => leakedListeners[provider]).flat();
      expect(left()).to.deep.equal({ ...before, listeners: [...before.listeners, ...leaks].sort() });
      living.end();
      inUse.restore();
    });
  }
});

async function cycle(provider: ProviderName, times: number, token: (request: Request) => Promise<Response>): Promise<void> {
  for (let n = 0; n < times; n++) {
    const element = create({ provider, order: 'A-1001', requestToken: token });
    document.body.append(element);
    await comesTo(element, 'ready');
    element.remove();
  }
  await pass(libraryTimers);
}
