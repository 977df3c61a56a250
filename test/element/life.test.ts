import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import { fakeClock, until } from '../support/clock.js';
import { deferred, type Deferred } from '../support/deferred.js';
import { checkout, comesTo, create, goodToken, reaches, ready, statesOf, type Setup } from '../support/element.js';
import { Hostile } from '../support/hostile.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { itMoves } from '../support/nested.js';
import { hidePage, showPage } from '../support/screen.js';
import { clocks, sleep } from '../support/sleep.js';
import { rendered, settled } from '../support/work.js';

const hour = 3_600_000;
const paid = { status: 'succeeded', reference: 'r-1', raw: {} } as const;

let clock: SinonFakeTimers;
let places: HTMLElement[];

beforeEach(() => {
  clock = fakeClock();
  places = [];
});

afterEach(() => {
  for (const place of places) place.remove();
  showPage();
  clock.restore();
});

function newPlace<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
  const place = document.body.appendChild(document.createElement(name));
  places.push(place);
  return place;
}

/** A token endpoint that counts, and gives another token every time. */
function counting(lifetime = 30): Required<Pick<Setup, 'requestToken'>> & { count: number } {
  const endpoint = {
    count: 0,
    requestToken: () => Promise.resolve({ token: `token-${++endpoint.count}`, expiresIn: lifetime }),
  };
  return endpoint;
}

function type({ last }: MadeUp): void {
  last.context.container.dispatchEvent(new Event('input', { bubbles: true }));
}

/** What the page goes through, and what tells it that it is back. */
const absences: Record<string, (away: () => void) => void> = {
  'in the back/forward cache': (away) => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    away();
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  },
  'behind another tab': (away) => {
    hidePage(true);
    away();
    hidePage(false);
  },
  'asleep, and without a connection': (away) => {
    window.dispatchEvent(new Event('offline'));
    away();
    window.dispatchEvent(new Event('online'));
  },
};

describe('a page that was away for an hour', () => {
  for (const [where, leave] of Object.entries(absences)) {
    for (const seenBy of clocks) {
      const away = () => leave(() => sleep(clock, hour, seenBy));

      describe(`${where}, by ${seenBy}`, () => {
        it('has a form that nobody had touched replaced, and stays ready', async () => {
          const madeUp = registerMadeUp({ agesWhileOpen: true });
          const endpoint = counting();
          const element = await ready(madeUp, endpoint);
          const states = statesOf(element);
          await settled();
          away();
          (await madeUp.opened(2)).drawn.resolve();
          await until(() => states.length > 0, 'another state', 0);
          expect(madeUp.last.context.token).to.equal('token-2');
          expect([states, element.status]).to.deep.equal([['ready'], 'ready']);
        });

        it('keeps a form that somebody had typed in, and calls it expired', async () => {
          const madeUp = registerMadeUp({ agesWhileOpen: true });
          const endpoint = counting();
          const element = await ready(madeUp, endpoint);
          type(madeUp);
          await settled();
          away();
          await reaches(element, 'expired');
          expect([madeUp.openings.length, endpoint.count]).to.deep.equal([1, 1]);
          expect(madeUp.last.context.container.isConnected).to.equal(true);
        });

        it('keeps a form that redeemed its token when it was opened', async () => {
          const madeUp = registerMadeUp();
          const endpoint = counting();
          const element = await ready(madeUp, endpoint);
          const states = statesOf(element);
          away();
          await clock.tickAsync(hour);
          expect([states, element.status, endpoint.count]).to.deep.equal([[], 'ready', 1]);
          madeUp.report(paid);
          expect(element.status).to.equal('succeeded');
        });

        it('asks for another token when the assets arrive', async () => {
          const assets = new Hostile('hang');
          const madeUp = registerMadeUp({ assets: { sandbox: assets.assets } });
          const endpoint = counting();
          const element = await checkout({ provider: madeUp.name, ...endpoint });
          await assets.requests(1);
          await until(() => endpoint.count > 0, 'a token request', 0);
          away();
          await assets.release();
          const { context } = await madeUp.opened(1);
          expect([context.token, element.state.attempt]).to.deep.equal(['token-2', 1]);
        });

        it('asks for another token when the answer that was on its way arrives', async () => {
          const madeUp = registerMadeUp();
          const answers: Deferred<object>[] = [];
          const requestToken = () => (answers.push(deferred()), answers.at(-1)!.promise);
          const element = await checkout({ provider: madeUp.name, requestToken });
          await until(() => answers.length > 0, 'a token request', 0);
          away();
          answers[0]!.resolve({ ...goodToken, token: 'old' });
          await until(() => answers.length > 1, 'a second token request', 0);
          answers[1]!.resolve({ ...goodToken, token: 'new' });
          const { context } = await madeUp.opened(1);
          expect([context.token, element.state.attempt]).to.deep.equal(['new', 1]);
        });
      });
    }

    it(`for a moment only, ${where}, keeps its form and asks for nothing`, async () => {
      const madeUp = registerMadeUp({ agesWhileOpen: true });
      const endpoint = counting();
      const element = await ready(madeUp, endpoint);
      const states = statesOf(element);
      leave(() => sleep(clock, 5_000));
      await clock.tickAsync(5_000);
      expect([states, element.status, endpoint.count]).to.deep.equal([[], 'ready', 1]);
    });
  }

  it('while it was hidden does not count the time against the form that was being drawn', async () => {
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
});

describe('a connection that is lost', () => {
  const online = Object.getOwnPropertyDescriptor(Navigator.prototype, 'onLine')!;

  function connect(isOnline: boolean): void {
    Object.defineProperty(Navigator.prototype, 'onLine', { ...online, get: () => isOnline });
    window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
  }

  afterEach(() => Object.defineProperty(Navigator.prototype, 'onLine', online));

  it('and comes back while the token is asked for is no more than a pause', async () => {
    const madeUp = registerMadeUp();
    let asked = 0;
    const requestToken = () => {
      asked++;
      return navigator.onLine ? Promise.resolve(goodToken) : Promise.reject(new TypeError('Failed to fetch'));
    };
    connect(false);
    const element = await checkout({ provider: madeUp.name, requestToken });
    await until(() => asked > 0, 'a token request', 0);
    connect(true);
    await until(() => madeUp.openings.length > 0, 'a form');
    expect([element.state.attempt, asked]).to.deep.equal([1, 2]);
  });

  it('for good ends in a failure that says so, and a retry works once it is back', async () => {
    const madeUp = registerMadeUp();
    const requestToken = () => (navigator.onLine ? Promise.resolve(goodToken) : Promise.reject(new TypeError('Failed to fetch')));
    connect(false);
    const element = await checkout({ provider: madeUp.name, requestToken });
    const state = await comesTo(element, 'failed');
    expect(state).to.have.nested.property('error.reason', 'offline');
    connect(true);
    await settled();
    expect(element.status).to.equal('failed');
    element.retry();
    await madeUp.opened(1);
  });

  it('leaves a form alone that stands', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    connect(false);
    await clock.tickAsync(hour);
    connect(true);
    await clock.tickAsync(hour);
    expect([element.status, madeUp.openings.length]).to.deep.equal(['ready', 1]);
  });
});

describe('an element that is moved', () => {
  const phases: Record<string, (madeUp: MadeUp, element: PayCheckout) => Promise<unknown>> = {
    'before it began': () => Promise.resolve(),
    'while it loads': (_, element) => reaches(element, 'loading'),
    'while its form is drawn': (madeUp) => madeUp.opened(1),
    'while its form stands': async (madeUp, element) => {
      (await madeUp.opened(1)).drawn.resolve();
      await reaches(element, 'ready');
    },
    'while its payment is pending': async (madeUp, element) => {
      (await madeUp.opened(1)).drawn.resolve();
      await reaches(element, 'ready');
      madeUp.report({ ...paid, status: 'pending' });
    },
  };

  for (const [when, drive] of Object.entries(phases)) {
    it(`by insertBefore ${when} restarts once, with a mount of its own`, async () => {
      const madeUp = registerMadeUp();
      const [here, there] = [newPlace('div'), newPlace('div')];
      const element = here.appendChild(create({ provider: madeUp.name }));
      await drive(madeUp, element);
      const begun = element.state.attempt;
      const [before] = madeUp.openings;
      there.insertBefore(element, null);
      const { context, drawn } = await madeUp.opened(madeUp.openings.length + 1);
      drawn.resolve();
      await reaches(element, 'ready');
      expect(element.state.attempt).to.equal(begun + 1);
      expect([...element.children]).to.deep.equal([context.container]);
      expect(before?.context.signal.aborted).to.not.equal(false);
      before?.context.report({ status: 'cancelled' });
      expect(element.status).to.equal('ready');
    });

    itMoves(`by moveBefore ${when} goes on as if nothing had happened`, async () => {
      const madeUp = registerMadeUp();
      const [here, there] = [newPlace('div'), newPlace('div')];
      const element = here.appendChild(create({ provider: madeUp.name }));
      await drive(madeUp, element);
      const { status } = element;
      there.moveBefore(element, null);
      expect(element.status).to.equal(status);
      (await madeUp.opened(1)).drawn.resolve();
      if (status !== 'pending') await reaches(element, 'ready');
      expect([element.state.attempt, madeUp.openings.length]).to.deep.equal([1, 1]);
      expect(madeUp.last.context.container.parentElement === element).to.equal(true);
    });
  }

  it('twice at once restarts once', async () => {
    const madeUp = registerMadeUp();
    const endpoint = counting();
    const element = await ready(madeUp, endpoint);
    const states = statesOf(element);
    newPlace('div').append(element);
    newPlace('div').append(element);
    await madeUp.opened(2);
    expect([states, endpoint.count, element.state.attempt]).to.deep.equal([['loading', 'initializing'], 2, 2]);
  });
});

describe('an element whose attributes change', () => {
  it('twenty times in one update begins once', async () => {
    const madeUp = registerMadeUp();
    const endpoint = counting();
    const element = await ready(madeUp, endpoint);
    const states = statesOf(element);
    for (let n = 1; n <= 5; n++) {
      element.setAttribute('order', `A-${n}`);
      element.setAttribute('token-endpoint', `/token/${n}`);
      element.setAttribute('config', JSON.stringify({ n }));
      element.setAttribute('credentials', n % 2 ? 'include' : 'omit');
    }
    (await madeUp.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
    expect(states).to.deep.equal(['loading', 'initializing', 'ready']);
    expect([endpoint.count, element.state.attempt, element.childElementCount]).to.deep.equal([2, 2, 1]);
    expect(madeUp.last.context.config).to.deep.equal({ n: 5 });
  });

  it('and change back in one update goes on', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp, { order: 'A-1' });
    for (let n = 2; n <= 20; n++) element.setAttribute('order', `A-${n}`);
    element.setAttribute('order', 'A-1');
    await element.updateComplete;
    expect([element.status, madeUp.openings.length]).to.deep.equal(['ready', 1]);
  });
});

describe('two elements on one page', () => {
  it('of one provider each have their own form, token and outcome', async () => {
    const madeUp = registerMadeUp();
    const [one, other] = [await ready(madeUp, { order: '1', ...counting() }), await ready(madeUp, { order: '2', ...counting() })];
    const [first, second] = madeUp.openings.map(({ context }) => context);
    expect([first!.container.parentElement === one, second!.container.parentElement === other]).to.deep.equal([true, true]);
    second!.report(paid);
    expect([one.status, other.status]).to.deep.equal(['ready', 'succeeded']);
    one.remove();
    expect([first!.signal.aborted, one.childElementCount, other.status]).to.deep.equal([true, 0, 'succeeded']);
  });

  it('of two environments are a conflict for the second alone, until the page is reloaded', async () => {
    const [sandbox, production] = [new Hostile('ok'), new Hostile('ok')];
    const assets = { sandbox: sandbox.assets, production: { ...production.assets, global: sandbox.name } };
    const madeUp = registerMadeUp({ assets });
    const one = await ready(madeUp, { order: '1' });
    const other = await checkout({ provider: madeUp.name, environment: 'production', order: '2' });
    const state = await reaches(other, 'failed');
    expect(state).to.have.nested.property('error.reason', 'environment-conflict');
    expect(state).to.have.nested.property('error.retryable', false);
    expect([one.status, production.tags.length]).to.deep.equal(['ready', 0]);
    one.remove();
    other.retry();
    expect(await reaches(other, 'failed')).to.have.nested.property('error.reason', 'environment-conflict');
    other.environment = 'sandbox';
    await madeUp.opened(2);
  });
});

describe("an element inside a merchant's form", () => {
  it('gives it nothing of what the shopper types, and does not submit it by Enter', async () => {
    const form = newPlace('form');
    let submissions = 0;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submissions++;
    });
    form.innerHTML = '<button>Order</button>';
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name, loading: 'manual' });
    form.append(element);
    await element.updateComplete;
    element.shadowRoot!.querySelector<HTMLElement>('[part=start]')!.click();
    const { context, drawn } = await madeUp.opened(1);
    context.container.innerHTML = '<input name="number"><input name="cvv"><button name="pay" value="1">Pay</button>';
    drawn.resolve();
    await reaches(element, 'ready');
    for (const input of context.container.querySelectorAll('input')) {
      input.focus();
      await sendKeys({ type: '4111' });
      await sendKeys({ press: 'Enter' });
      expect(input.value).to.equal('4111');
    }
    context.container.querySelector('button')!.click();
    expect([[...new FormData(form).keys()], submissions]).to.deep.equal([[], 0]);
  });
});

describe('an element that is shown later', () => {
  const covers: Record<string, (element: PayCheckout) => { open(): void; close(): void }> = {
    'a dialog': (element) => {
      const dialog = newPlace('dialog');
      dialog.append(element);
      return { open: () => dialog.showModal(), close: () => dialog.close() };
    },
    'a hidden tab': (element) => {
      const tab = newPlace('div');
      tab.hidden = true;
      tab.append(element);
      return { open: () => (tab.hidden = false), close: () => (tab.hidden = true) };
    },
    'a tab that can be found in the page': (element) => {
      const tab = newPlace('div');
      tab.setAttribute('hidden', 'until-found');
      tab.append(element);
      return { open: () => tab.removeAttribute('hidden'), close: () => tab.setAttribute('hidden', 'until-found') };
    },
    'closed <details>': (element) => {
      const details = newPlace('details');
      details.append(element);
      return { open: () => (details.open = true), close: () => (details.open = false) };
    },
    'a popover': (element) => {
      const popover = newPlace('div');
      popover.popover = 'manual';
      popover.append(element);
      return { open: () => popover.showPopover(), close: () => popover.hidePopover() };
    },
  };

  for (const [name, cover] of Object.entries(covers)) {
    describe(`as in ${name}`, () => {
      it('loads its assets, and asks for a token when it is shown', async () => {
        const assets = new Hostile('ok');
        const madeUp = registerMadeUp({ assets: { sandbox: assets.assets } });
        const endpoint = counting();
        const element = create({ provider: madeUp.name, ...endpoint });
        const { open } = cover(element);
        await until(() => assets.runs > 0, 'the script', 0);
        await rendered();
        expect([element.status, endpoint.count]).to.deep.equal(['loading', 0]);
        await clock.tickAsync(hour);
        expect([element.status, endpoint.count]).to.deep.equal(['loading', 0]);
        open();
        await madeUp.opened(1);
        expect(endpoint.count).to.equal(1);
      });

      it('opens its form when it is shown again, where it was closed on the way, with a token that is fresh by then', async () => {
        const madeUp = registerMadeUp();
        const answers: Deferred<object>[] = [];
        const requestToken = () => (answers.push(deferred()), answers.at(-1)!.promise);
        const element = create({ provider: madeUp.name, requestToken });
        const { open, close } = cover(element);
        open();
        await until(() => answers.length > 0, 'a token request', 0);
        close();
        answers[0]!.resolve(goodToken);
        await rendered();
        await clock.tickAsync(hour);
        expect([element.status, madeUp.openings.length]).to.deep.equal(['loading', 0]);
        open();
        await until(() => answers.length > 1, 'a second token request', 0);
        answers[1]!.resolve({ ...goodToken, token: 'fresh' });
        expect((await madeUp.opened(1)).context.token).to.equal('fresh');
        expect(element.state.attempt).to.equal(1);
      });

      it('keeps a form that stands when it is closed, and replaces one that ages when it is shown again', async () => {
        const madeUp = registerMadeUp({ agesWhileOpen: true });
        const endpoint = counting();
        const element = create({ provider: madeUp.name, ...endpoint });
        const { open, close } = cover(element);
        open();
        (await madeUp.opened(1)).drawn.resolve();
        await reaches(element, 'ready');
        close();
        await clock.tickAsync(10_000);
        open();
        await rendered();
        expect([element.status, madeUp.openings.length]).to.deep.equal(['ready', 1]);
        close();
        await clock.tickAsync(hour);
        expect([element.status, endpoint.count]).to.deep.equal(['ready', 1]);
        open();
        (await madeUp.opened(2)).drawn.resolve();
        await reaches(element, 'ready');
        expect(madeUp.last.context.token).to.equal('token-2');
      });

      it('with loading="lazy" begins when it is shown', async () => {
        const madeUp = registerMadeUp();
        const element = create({ provider: madeUp.name, loading: 'lazy' });
        const { open } = cover(element);
        await rendered();
        expect(element.status).to.equal('idle');
        open();
        await madeUp.opened(1);
      });

      it('with loading="manual" waits for load(), wherever it is', async () => {
        const madeUp = registerMadeUp();
        const endpoint = counting();
        const element = create({ provider: madeUp.name, loading: 'manual', ...endpoint });
        const { open } = cover(element);
        open();
        await rendered();
        expect([element.status, endpoint.count]).to.deep.equal(['idle', 0]);
        element.load();
        await madeUp.opened(1);
        expect(endpoint.count).to.equal(1);
      });
    });
  }
});

describe('an element whose loading changes', () => {
  it('from manual to eager begins at once, and is not begun again by load()', async () => {
    const madeUp = registerMadeUp();
    const endpoint = counting();
    const element = await checkout({ provider: madeUp.name, loading: 'manual', ...endpoint });
    await element.updateComplete;
    element.loading = 'eager';
    await madeUp.opened(1);
    element.load();
    element.loading = 'manual';
    await element.updateComplete;
    await settled();
    expect([endpoint.count, element.state.attempt]).to.deep.equal([1, 1]);
  });

  it('waits again for its button when it was taken out and put back', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name, loading: 'manual' });
    element.load();
    (await madeUp.opened(1)).drawn.resolve();
    await reaches(element, 'ready');
    newPlace('div').append(element);
    await element.updateComplete;
    expect(element.status).to.equal('idle');
    expect(element.shadowRoot!.querySelector('[part=start]')).to.exist;
    element.load();
    await madeUp.opened(2);
  });
});
