import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import { CheckoutError, type PayCheckout } from '../../src/index.js';
import type { Token } from '../../src/endpoint/request-token.js';
import { fakeClock, until } from '../support/clock.js';
import { deferred, type Deferred } from '../support/deferred.js';
import { Hostile } from '../support/hostile.js';
import { checkout, create, goodToken, reaches, ready, statesOf } from '../support/element.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';

const declined = { status: 'failed', error: new CheckoutError('declined', undefined, 'The provider said no.') } as const;
const paid = { status: 'succeeded', reference: 'r-1', raw: { card: 'visa' } } as const;
const pending = { status: 'pending', reference: 'r-1', raw: { qr: true } } as const;

let names = 0;

/** A provider whose script the test server delivers at once, while the test's clock may stand anywhere. */
function registerWithScript(): MadeUp {
  const global = `attemptsLibrary${++names}`;
  return registerMadeUp({
    assets: { sandbox: { global, script: { url: `${location.origin}/test/support/library.js?global=${global}` } } },
  });
}

/** A token endpoint in the test's hands. */
function endpoint(): { asked: Deferred<object>[]; requestToken: () => Promise<object>; arrival(n: number): Promise<void> } {
  const asked: Deferred<object>[] = [];
  const arrivals = new Map<number, Deferred<void>>();
  const arrivalOf = (n: number) => arrivals.get(n) ?? (arrivals.set(n, deferred()), arrivals.get(n)!);
  return {
    asked,
    arrival: (n) => arrivalOf(n).promise,
    requestToken() {
      asked.push(deferred<object>());
      arrivalOf(asked.length).resolve();
      return asked.at(-1)!.promise;
    },
  };
}

describe('an attempt', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => (clock = fakeClock()));
  afterEach(() => clock.restore());

  it('has the token and the assets in flight together', async () => {
    const madeUp = registerWithScript();
    const { asked, arrival, requestToken } = endpoint();
    const url = madeUp.provider.assets.sandbox!.script!.url;
    await checkout({ provider: madeUp.name, requestToken });
    await arrival(1);
    expect(document.querySelector(`script[src="${url}"]`)).to.not.equal(null);
    expect(asked).to.have.length(1);
    expect(madeUp.openings).to.have.length(0);
  });

  it('asks again when the token died while the assets were loading', async () => {
    const madeUp = registerWithScript();
    let asked = 0;
    const requestToken = () => Promise.resolve({ token: `token-${++asked}`, expiresIn: 3 });
    const element = create({ provider: madeUp.name, requestToken });
    // The token is asked for in the task in which the script was injected; then 5 s pass before the script can arrive.
    element.addEventListener('pay-timing', () => asked === 1 && clock.tick(5_000), { once: true });
    document.body.append(element);
    const { context } = await madeUp.opened(1);
    expect(context.token).to.equal('token-2');
    expect(asked).to.equal(2);
    element.remove();
  });

  it('gives up on an endpoint that hands out dead tokens, after three', async () => {
    const madeUp = registerMadeUp();
    let asked = 0;
    const element = await checkout({ provider: madeUp.name, requestToken: () => Promise.resolve({ token: `${++asked}`, expiresIn: 0 }) });
    expect(await reaches(element, 'failed')).to.deep.include({ attempt: 1 });
    expect(element.state).to.have.nested.property('error.code', 'token');
    expect(element.state).to.have.nested.property('error.reason', 'stale');
    expect(asked).to.equal(3);
  });

  it('takes a token again that a listener of the page let grow old', async () => {
    const madeUp = registerMadeUp();
    let asked = 0;
    const element = create({ provider: madeUp.name, requestToken: () => Promise.resolve({ token: `token-${++asked}` }) });
    element.addEventListener('pay-initializing', () => asked === 1 && clock.tick(40_000), { once: true });
    document.body.append(element);
    expect((await madeUp.opened(1)).context.token).to.equal('token-2');
    element.remove();
  });

  it('is repeated once by itself when the form never came up', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name });
    (await madeUp.opened(1)).drawn.reject(new CheckoutError('provider', 'timeout', 'never'));
    const second = await madeUp.opened(2);
    expect(element.state).to.deep.equal({ status: 'initializing', attempt: 2 });
    expect(madeUp.openings[0]!.context.signal.aborted).to.equal(true);
    expect(element.querySelectorAll('[slot=form]')).to.have.length(1);
    second.drawn.reject(new CheckoutError('provider', 'timeout', 'never'));
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'timeout');
    expect(element.state.attempt).to.equal(2);
  });

  it('ends with the kind of what the library threw, and not with its words', async () => {
    const madeUp = registerMadeUp({
      mount() {
        throw new TypeError(`bad ${goodToken.token}`);
      },
    });
    const element = await checkout({ provider: madeUp.name });
    const state = await reaches(element, 'failed');
    expect(state).to.have.nested.property('error.reason', 'threw');
    expect(state).to.have.nested.property('error.message').that.contains('(TypeError)').and.does.not.contain(goodToken.token);
    expect(state).to.not.have.nested.property('error.cause');
  });

  it('has the shopper wait for the token no longer than a minute', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name, requestToken: () => new Promise(() => {}) });
    const states = statesOf(element);
    await clock.tickAsync(60_000);
    expect(states).to.deep.equal(['failed']);
    expect(element.state).to.have.nested.property('error.code', 'endpoint');
    expect(element.state).to.have.nested.property('error.reason', 'timeout');
  });

  it("has the shopper wait for the assets no longer than a minute, somebody else's tag included", async () => {
    const hanging = new Hostile('hang');
    const foreign = document.head.appendChild(Object.assign(document.createElement('script'), { src: hanging.url }));
    const madeUp = registerMadeUp({ assets: { sandbox: hanging.assets } });
    const element = await checkout({ provider: madeUp.name });
    await settled();
    await clock.tickAsync(60_000);
    expect(element.state).to.have.nested.property('error.code', 'asset');
    expect(element.state).to.have.nested.property('error.reason', 'timeout');
    foreign.remove();
    for (const _ of await hanging.requests()) await hanging.release();
  });

  it('has the shopper wait no longer when the token grew old meanwhile', async () => {
    const madeUp = registerWithScript();
    const answers: (() => Promise<object>)[] = [() => Promise.resolve({ token: 'old', expiresIn: 3 })];
    const never = () => new Promise<object>(() => {});
    const element = create({ provider: madeUp.name, requestToken: () => (answers.shift() ?? never)() });
    element.addEventListener('pay-timing', () => clock.tick(5_000), { once: true });
    document.body.append(element);
    const { global } = madeUp.provider.assets.sandbox!;
    // The script comes by the server's time, not by the test's.
    await until(() => global in window, 'the script');
    await clock.tickAsync(60_000);
    expect(element.status).to.equal('failed');
    expect(element.state).to.have.nested.property('error.code', 'endpoint');
    element.remove();
  });

  it('has the shopper wait for the form no longer than a minute', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name });
    await madeUp.opened(1);
    await clock.tickAsync(60_000);
    expect(element.state).to.have.nested.property('error.code', 'provider');
    expect(element.state.attempt).to.equal(1);
  });

  it('lets an open form stand as long as the shopper likes', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    await clock.tickAsync(3_600_000);
    expect(element.status).to.equal('ready');
  });

  it('tells how long each phase took', async () => {
    clock.restore();
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    const phases: string[] = [];
    element.addEventListener('pay-timing', ({ phase, duration, attempt, tries }) => {
      expect(duration).to.be.at.least(0);
      phases.push([phase, attempt, tries].join(' '));
    });
    document.body.append(element);
    (await madeUp.opened(1)).drawn.resolve();
    await reaches(element, 'ready');
    expect(phases).to.have.members(['token 1 1', 'assets 1 1', 'mount 1 1']);
    expect(performance.getEntriesByName('pay-checkout:mount')).to.not.have.length(0);
    element.remove();
  });

  it('says that the endpoint is offline as long as the token is missing, whichever noticed first', async () => {
    const url = `${location.origin}/nowhere.js?${++names}`;
    const madeUp = registerMadeUp({ assets: { sandbox: { global: 'x', script: { url } } } });
    const online = Object.getOwnPropertyDescriptor(Navigator.prototype, 'onLine')!;
    Object.defineProperty(Navigator.prototype, 'onLine', { configurable: true, get: () => false });
    try {
      const element = await checkout({ provider: madeUp.name, requestToken: () => new Promise(() => {}) });
      await settled();
      for (let n = 1; n <= 3; n++) {
        document.querySelector(`script[src^="${url}"]`)?.dispatchEvent(new Event('error'));
        await clock.tickAsync(1_000);
      }
      expect(await reaches(element, 'failed')).to.have.nested.property('error.code', 'endpoint');
      expect(element.state).to.have.nested.property('error.reason', 'offline');
    } finally {
      Object.defineProperty(Navigator.prototype, 'onLine', online);
    }
  });
});

describe('removing the element', () => {
  const phases: Record<string, (madeUp: MadeUp, element: PayCheckout) => Promise<unknown>> = {
    'before it started': () => Promise.resolve(),
    'while it loads': (_, element) => reaches(element, 'loading'),
    'while the form is drawn': (madeUp) => madeUp.opened(1),
    'while the form stands': async (madeUp, element) => {
      (await madeUp.opened(1)).drawn.resolve();
      await reaches(element, 'ready');
    },
    'while the backend is asked': async (madeUp, element) => {
      (await madeUp.opened(1)).drawn.resolve();
      await reaches(element, 'ready');
      madeUp.report(paid);
      await reaches(element, 'confirming');
    },
  };

  for (const [phase, get] of Object.entries(phases)) {
    it(`${phase} leaves no node, no later event and no rejection`, async () => {
      const rejections: unknown[] = [];
      const onRejection = (event: PromiseRejectionEvent) => rejections.push(event.reason);
      addEventListener('unhandledrejection', onRejection);
      const madeUp = registerMadeUp();
      const element = create({ provider: madeUp.name, outcomeEndpoint: '/hang-for-ever' });
      document.body.append(element);
      await get(madeUp, element);
      const states = statesOf(element);
      element.remove();
      expect(element.childElementCount).to.equal(0);
      for (const { context, drawn } of madeUp.openings) {
        expect(context.signal.aborted).to.equal(true);
        drawn.resolve();
        context.report(paid);
      }
      await settled();
      expect(states).to.deep.equal([]);
      expect(element.status).to.equal('idle');
      expect(rejections).to.deep.equal([]);
      removeEventListener('unhandledrejection', onRejection);
    });
  }
});

describe('what is reported', () => {
  it('succeeds, not confirmed by anybody, without an outcome endpoint', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    madeUp.report(paid);
    expect(element.state).to.deep.include({ status: 'succeeded', confirmed: false, attempt: 1 });
    expect(element.state).to.have.nested.property('result.raw.card', 'visa');
    expect(JSON.stringify(element.state)).to.contain('r-1').and.not.contain('visa');
    expect(element.querySelector('[slot=form]')).to.equal(null);
  });

  it('is one event when it is said twice', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    const states = statesOf(element);
    for (const outcome of [pending, pending, paid, paid, pending]) madeUp.report(outcome);
    expect(states).to.deep.equal(['pending', 'succeeded']);
  });

  it('is an expired session, whose form stays: the typing of the shopper is in it', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    madeUp.report({ status: 'expired' });
    expect(element.status).to.equal('expired');
    expect(element.querySelectorAll('[slot=form]')).to.have.length(1);
  });

  it('goes on after a pending, whose form stays', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    madeUp.report(pending);
    expect(element.querySelectorAll('[slot=form]')).to.have.length(1);
    madeUp.report(declined);
    expect(element.status).to.equal('failed');
    expect(element.querySelectorAll('[slot=form]')).to.have.length(0);
  });

  it('is the first of failed, cancelled and expired, unless a success comes after it', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    const states = statesOf(element);
    for (const outcome of [{ status: 'cancelled' }, declined, { status: 'expired' }, paid, declined] as const) madeUp.report(outcome);
    expect(states).to.deep.equal(['cancelled', 'succeeded']);
  });

  it('offers no second payment when the shopper closes a form that had registered one', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    const offered = async () => {
      await element.updateComplete;
      return element.shadowRoot!.querySelector('[part=retry]') !== null;
    };
    madeUp.report({ status: 'cancelled' });
    expect(await offered()).to.equal(true);
    element.retry();
    (await madeUp.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
    madeUp.report(pending);
    madeUp.report({ status: 'cancelled' });
    expect(element.status).to.equal('cancelled');
    expect(await offered()).to.equal(false);
  });

  it('is a late success, which ends the running attempt and carries its own number', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp, { order: 'A-1' });
    madeUp.report({ status: 'cancelled' });
    const first = madeUp.last.context;
    element.retry();
    const second = await madeUp.opened(2);
    first.report(paid);
    expect(element.state).to.deep.include({ status: 'succeeded', attempt: 1 });
    expect(second.context.signal.aborted).to.equal(true);
    expect(element.childElementCount).to.equal(0);
  });

  it('is a late pending, after which its own attempt may go on speaking', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    madeUp.report({ status: 'cancelled' });
    element.retry();
    await madeUp.opened(2);
    const [first, second] = madeUp.openings;
    first!.context.report(pending);
    second!.context.report({ status: 'cancelled' });
    expect(element.state).to.deep.include({ status: 'pending', attempt: 1 });
    first!.context.report(paid);
    expect(element.state).to.deep.include({ status: 'succeeded', attempt: 1 });
  });

  it('is not heard from an attempt at another order, nor a late failure', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp, { order: 'A-1' });
    element.order = 'A-2';
    (await madeUp.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
    madeUp.openings[0]!.context.report(paid);
    madeUp.openings[0]!.context.report(declined);
    expect(element.state).to.deep.equal({ status: 'ready', attempt: 2 });
  });

  it('may be tried again from failed, cancelled, expired and pending, and from nowhere else', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    element.retry();
    await settled();
    expect(madeUp.openings).to.have.length(1);
    for (const [n, outcome] of [declined, { status: 'cancelled' } as const, { status: 'expired' } as const, pending].entries()) {
      madeUp.report(outcome);
      element.retry();
      (await madeUp.opened(n + 2)).drawn.resolve();
      await reaches(element, 'ready');
    }
    madeUp.report(paid);
    element.retry();
    await settled();
    expect(madeUp.openings).to.have.length(5);
  });
});

describe('with an outcome endpoint', () => {
  const { fetch } = window;
  let answers: Deferred<Response>[] = [];
  let bodies: unknown[] = [];
  beforeEach(() => {
    answers = [];
    bodies = [];
    window.fetch = async (request) => {
      bodies.push(await (request as Request).json());
      answers.push(deferred());
      return answers.at(-1)!.promise;
    };
  });
  afterEach(() => (window.fetch = fetch));

  async function confirming(madeUp: MadeUp, outcome: typeof paid | typeof pending = paid): Promise<PayCheckout> {
    const element = await ready(madeUp, { order: 'A-1', outcomeEndpoint: '/outcome' });
    madeUp.report(outcome);
    await reaches(element, 'confirming');
    await settled();
    return element;
  }

  const answer = (outcome: string, n = 0) => answers[n]!.resolve(Response.json({ outcome }));

  for (const [said, status] of Object.entries({ paid: 'succeeded', pending: 'pending', declined: 'failed' } as const)) {
    it(`is ${status} when the backend says ${said}`, async () => {
      const madeUp = registerMadeUp();
      const element = await confirming(madeUp);
      expect(bodies[0]).to.deep.equal({
        ...{ provider: madeUp.name, environment: 'sandbox', order: 'A-1', attempt: 1 },
        result: { provider: madeUp.name, reference: 'r-1', raw: { card: 'visa' } },
      });
      answer(said);
      await reaches(element, status);
      if (status === 'succeeded') expect(element.state).to.have.property('confirmed', true);
      if (status === 'failed') expect(element.state).to.have.nested.property('error.code', 'declined');
    });
  }

  for (const loading of ['eager', 'manual']) {
    it(`asks about its payment again, and opens no other form, when an element with loading="${loading}" was moved meanwhile`, async () => {
      const madeUp = registerMadeUp();
      const element = await confirming(madeUp);
      element.loading = loading as 'eager';
      const states = statesOf(element);
      document.body.append(element);
      await until(() => answers.length >= 2, 'a second outcome request', 0);
      answer('paid', 1);
      expect(await reaches(element, 'succeeded')).to.include({ attempt: 1, confirmed: true });
      expect(bodies[1]).to.deep.equal(bodies[0]);
      expect([states, madeUp.openings.length]).to.deep.equal([['confirming', 'succeeded'], 1]);
      element.remove();
    });
  }

  it('goes on asking about what the backend could not say yet, when the element was moved', async () => {
    const madeUp = registerMadeUp();
    const element = await confirming(madeUp);
    answer('pending');
    await reaches(element, 'pending');
    document.body.append(element);
    await until(() => answers.length >= 2, 'a second outcome request', 0);
    answer('declined', 1);
    expect(await reaches(element, 'failed')).to.have.nested.property('error.code', 'declined');
    element.retry();
    await madeUp.opened(2);
    element.remove();
  });

  it('begins anew when the element was moved, and has another order to be paid', async () => {
    const madeUp = registerMadeUp();
    const element = await confirming(madeUp);
    element.order = 'A-2';
    document.body.append(element);
    await madeUp.opened(2);
    expect(answers).to.have.length(1);
    element.remove();
  });

  it('is not paid for a second time while it is pending, because an attribute changed', async () => {
    const madeUp = registerMadeUp();
    const element = await confirming(madeUp);
    answer('pending');
    await reaches(element, 'pending');
    element.config = { a: 1 };
    element.credentials = 'include';
    await element.updateComplete;
    expect([element.status, madeUp.openings.length]).to.deep.equal(['pending', 1]);
    element.provider = registerMadeUp().name;
    await element.updateComplete;
    expect(element.status).to.equal('loading');
  });

  it('keeps the form of a pending that the backend confirms as such, and asks again for the success', async () => {
    const madeUp = registerMadeUp();
    const element = await confirming(madeUp, pending);
    answer('pending');
    await reaches(element, 'pending');
    expect(element.querySelectorAll('[slot=form]')).to.have.length(1);
    madeUp.report(paid);
    await settled();
    answer('paid', 1);
    expect(await reaches(element, 'succeeded')).to.have.property('confirmed', true);
  });

  it('asks about the success alone when it comes while a pending is being confirmed', async () => {
    const madeUp = registerMadeUp();
    const element = await confirming(madeUp, pending);
    madeUp.report(paid);
    await settled();
    const states = statesOf(element);
    answer('pending', 0);
    answer('paid', 1);
    await reaches(element, 'succeeded');
    expect(states).to.deep.equal(['succeeded']);
  });

  it('hears a cancellation only when the backend knew of no payment', async () => {
    const madeUp = registerMadeUp();
    const element = await confirming(madeUp, pending);
    madeUp.report({ status: 'cancelled' });
    expect(element.status).to.equal('confirming');
    answer('pending');
    await reaches(element, 'cancelled');
  });

  for (const when of ['before', 'after'] as const) {
    it(`stays pending when the form was closed ${when} its success, which the backend does not know of yet`, async () => {
      const madeUp = registerMadeUp();
      const element = await confirming(madeUp, when === 'before' ? pending : paid);
      const states = statesOf(element);
      madeUp.report({ status: 'cancelled' });
      if (when === 'before') madeUp.report(paid);
      await settled();
      answer('pending', answers.length - 1);
      await reaches(element, 'pending');
      madeUp.report({ status: 'cancelled' });
      await settled();
      expect(states.at(-1)).to.equal('pending');
      expect(element.status).to.equal('pending');
    });
  }

  it('is not disturbed by a changed config, nor by retry()', async () => {
    const madeUp = registerMadeUp();
    const element = await confirming(madeUp);
    element.config = { other: true };
    element.retry();
    await element.updateComplete;
    answer('paid');
    await reaches(element, 'succeeded');
    expect(madeUp.openings).to.have.length(1);
  });
});

describe('diagnose()', () => {
  it('tells the age of the token and never the token', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp, { order: 'A-1' });
    const diagnosis = element.diagnose();
    expect(diagnosis).to.deep.include({ status: 'ready', attempts: 1 });
    expect(diagnosis.token satisfies Partial<Token> | undefined).to.have.all.keys('age', 'lifetime', 'fresh');
    expect(JSON.stringify(diagnosis)).to.not.contain(goodToken.token).and.not.contain('A-1');
  });
});

describe('a requestToken of the page', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => (clock = fakeClock()));
  afterEach(() => clock.restore());

  it('that throws is named, with the kind of what it threw and not its words', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name, requestToken: () => Promise.reject(new RangeError(goodToken.token)) });
    await clock.tickAsync(5_000);
    const state = await reaches(element, 'failed');
    expect(state).to.have.nested.property('error.message').that.contains('`requestToken` threw: RangeError');
    expect(state).to.have.nested.property('error.message').that.does.not.contain(goodToken.token);
  });
});
