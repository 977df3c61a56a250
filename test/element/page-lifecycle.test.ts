import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import { fakeClock, until } from '../support/clock.js';
import { deferred, type Deferred } from '../support/deferred.js';
import { checkout, comesTo, goodToken, reaches, ready, statesOf } from '../support/element.js';
import { Hostile } from '../support/hostile.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { hidePage, showPage } from '../support/screen.js';
import { clocks, sleep } from '../support/sleep.js';
import { settled } from '../support/work.js';
import { countRequests } from './count-requests.js';

const hour = 3_600_000;
const paid = { status: 'succeeded', reference: 'r-1', raw: {} } as const;

let clock: SinonFakeTimers;
beforeEach(() => (clock = fakeClock()));
afterEach(() => {
  showPage();
  clock.restore();
});

function typeInto({ last }: MadeUp): void {
  last.context.container.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Ways in which a page is away, each with the events that the browser dispatches. */
const absences: Record<string, (away: () => void) => void> = {
  'in the back/forward cache': (away) => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    away();
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  },
  'in a background tab': (away) => {
    hidePage(true);
    away();
    hidePage(false);
  },
  'asleep and offline': (away) => {
    window.dispatchEvent(new Event('offline'));
    away();
    window.dispatchEvent(new Event('online'));
  },
};

describe('<pay-checkout>', () => {
  for (const [where, leave] of Object.entries(absences)) {
    for (const seenBy of clocks) {
      const away = () => leave(() => sleep(clock, hour, seenBy));

      describe(`after an hour ${where}, measured by ${seenBy}`, () => {
        it('replaces an untouched form, and stays ready', async () => {
          const madeUp = registerMadeUp({ agesWhileOpen: true });
          const endpoint = countRequests();
          const element = await ready(madeUp, endpoint);
          const states = statesOf(element);
          await settled();
          away();
          (await madeUp.opened(2)).drawn.resolve();
          await until(() => states.length > 0, 'another state', 0);
          expect(madeUp.last.context.token).to.equal('token-2');
          expect([states, element.status]).to.deep.equal([['ready'], 'ready']);
        });

        it('keeps a form that was typed in, and lets its session expire', async () => {
          const madeUp = registerMadeUp({ agesWhileOpen: true });
          const endpoint = countRequests();
          const element = await ready(madeUp, endpoint);
          typeInto(madeUp);
          await settled();
          away();
          await reaches(element, 'expired');
          expect([madeUp.openings.length, endpoint.requests]).to.deep.equal([1, 1]);
          expect(madeUp.last.context.container.isConnected).to.equal(true);
        });

        it('keeps a form that redeemed its token when it opened', async () => {
          const madeUp = registerMadeUp();
          const endpoint = countRequests();
          const element = await ready(madeUp, endpoint);
          const states = statesOf(element);
          away();
          await clock.tickAsync(hour);
          expect([states, element.status, endpoint.requests]).to.deep.equal([[], 'ready', 1]);
          madeUp.report(paid);
          expect(element.status).to.equal('succeeded');
        });

        it('requests another token when the assets arrive', async () => {
          const assets = new Hostile('hang');
          const madeUp = registerMadeUp({ assets: { sandbox: assets.assets } });
          const endpoint = countRequests();
          const element = await checkout({ provider: madeUp.name, ...endpoint });
          await assets.requests(1);
          await until(() => endpoint.requests > 0, 'a token request', 0);
          away();
          await assets.release();
          const { context } = await madeUp.opened(1);
          expect([context.token, element.state.attempt]).to.deep.equal(['token-2', 1]);
        });

        it('requests another token when the outstanding response arrives', async () => {
          const madeUp = registerMadeUp();
          const responses: Deferred<object>[] = [];
          const requestToken = () => (responses.push(deferred()), responses.at(-1)!.promise);
          const element = await checkout({ provider: madeUp.name, requestToken });
          await until(() => responses.length > 0, 'a token request', 0);
          away();
          responses[0]!.resolve({ ...goodToken, token: 'old' });
          await until(() => responses.length > 1, 'a second token request', 0);
          responses[1]!.resolve({ ...goodToken, token: 'new' });
          const { context } = await madeUp.opened(1);
          expect([context.token, element.state.attempt]).to.deep.equal(['new', 1]);
        });
      });
    }

    it(`keeps its form and requests nothing after 5 s ${where}`, async () => {
      const madeUp = registerMadeUp({ agesWhileOpen: true });
      const endpoint = countRequests();
      const element = await ready(madeUp, endpoint);
      const states = statesOf(element);
      leave(() => sleep(clock, 5_000));
      await clock.tickAsync(5_000);
      expect([states, element.status, endpoint.requests]).to.deep.equal([[], 'ready', 1]);
    });
  }

  it('does not count the time in a hidden page against a form that is being drawn', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name });
    const { drawn } = await madeUp.opened(1);
    hidePage(true);
    await clock.tickAsync(hour);
    hidePage(false);
    drawn.resolve();
    await reaches(element, 'ready');
    expect(element.state.attempt).to.equal(1);
  });

  describe('when the connection is lost', () => {
    const online = Object.getOwnPropertyDescriptor(Navigator.prototype, 'onLine')!;

    function setOnline(isOnline: boolean): void {
      Object.defineProperty(Navigator.prototype, 'onLine', { ...online, get: () => isOnline });
      window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
    }

    afterEach(() => Object.defineProperty(Navigator.prototype, 'onLine', online));

    it('repeats the token request when the connection returns', async () => {
      const madeUp = registerMadeUp();
      let requests = 0;
      const requestToken = () => {
        requests++;
        return navigator.onLine ? Promise.resolve(goodToken) : Promise.reject(new TypeError('Failed to fetch'));
      };
      setOnline(false);
      const element = await checkout({ provider: madeUp.name, requestToken });
      await until(() => requests > 0, 'a token request', 0);
      setOnline(true);
      await until(() => madeUp.openings.length > 0, 'a form');
      expect([element.state.attempt, requests]).to.deep.equal([1, 2]);
    });

    it('fails with reason `offline`, and opens the form on a retry once the connection is back', async () => {
      const madeUp = registerMadeUp();
      const requestToken = () => (navigator.onLine ? Promise.resolve(goodToken) : Promise.reject(new TypeError('Failed to fetch')));
      setOnline(false);
      const element = await checkout({ provider: madeUp.name, requestToken });
      const state = await comesTo(element, 'failed');
      expect(state).to.have.nested.property('error.reason', 'offline');
      setOnline(true);
      await settled();
      expect(element.status).to.equal('failed');
      element.retry();
      await madeUp.opened(1);
    });

    it('keeps an open form', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp);
      setOnline(false);
      await clock.tickAsync(hour);
      setOnline(true);
      await clock.tickAsync(hour);
      expect([element.status, madeUp.openings.length]).to.deep.equal(['ready', 1]);
    });
  });
});
