import { expect } from '@open-wc/testing';
import { restore, stub, type SinonFakeTimers } from 'sinon';
import { CheckoutError, type PayCheckout } from '../../src/index.js';
import type { RequestFunction } from '../../src/endpoint/send-request.js';
import { en } from '../../src/messages/en.js';
import { answer } from '../support/answer.js';
import { fakeClock } from '../support/clock.js';
import { deferred, type Deferred } from '../support/deferred.js';
import { create, reaches, ready, statesOf, type Setup } from '../support/element.js';
import { runHead } from '../support/head.js';
import { Hostile } from '../support/hostile.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';
import { paid, pending } from './sample-outcomes.js';

const instructions = { cip: '123456', expiresAt: '2026-05-04T12:00:00-05:00' };

/** A `requestToken` that returns one answer after the other, and then the last one again. */
function answers(...given: object[]): RequestFunction & { count: number } {
  const request = Object.assign(() => Promise.resolve(given[Math.min(request.count++, given.length - 1)]!), { count: 0 });
  return request;
}

/** Adds an element, and records its states and events from the start. */
function begin(madeUp: MadeUp, setup: Partial<Setup>): { element: PayCheckout; states: string[]; phases: string[] } {
  const element = create({ provider: madeUp.name, order: 'A-1', ...setup });
  element.locale = 'en';
  const phases: string[] = [];
  element.addEventListener('pay-timing', ({ phase }) => phases.push(phase));
  const states = statesOf(element);
  document.body.append(element);
  return { element, states, phases };
}

async function shownText(element: PayCheckout): Promise<string> {
  await element.updateComplete;
  const parts = [...element.shadowRoot!.querySelectorAll('[part=message], [part=retry]')];
  return parts.map((part) => part.textContent.trim()).join(' | ');
}

describe('an order that needs no payment now', () => {
  afterEach(() => {
    for (const element of document.querySelectorAll('pay-checkout')) element.remove();
  });

  for (const outcome of ['paid', 'authorized', 'saved'] as const) {
    it(`is shown as ${outcome} after \`pay-loading\`, without a form`, async () => {
      const madeUp = registerMadeUp();
      const { element, states } = begin(madeUp, { requestToken: answers({ outcome, instructions }) });
      const state = await reaches(element, 'succeeded');
      expect(state).to.deep.equal({ status: 'succeeded', attempt: 1, provider: madeUp.name, confirmed: true, outcome });
      expect(state).to.be.frozen;
      expect(states).to.deep.equal(['loading', 'succeeded']);
      expect([madeUp.openings.length, element.childElementCount]).to.deep.equal([0, 0]);
      expect(await shownText(element)).to.equal(en[outcome]);
      expect(element.diagnose()).to.include({ status: 'succeeded', outcome });
    });
  }

  it('is shown as pending with its instructions, without a form and a retry button', async () => {
    const madeUp = registerMadeUp();
    const { element, states } = begin(madeUp, { requestToken: answers({ data: { outcome: 'pending', instructions } }) });
    const state = await reaches(element, 'pending');
    expect(state).to.deep.equal({ status: 'pending', attempt: 1, provider: madeUp.name, instructions });
    expect((state as { instructions: object }).instructions).to.be.frozen;
    await settled();
    expect(states).to.deep.equal(['loading', 'pending']);
    expect(await shownText(element)).to.equal(en.pending);
    expect(madeUp.openings).to.have.length(0);
  });

  it('needs neither the adapter nor the files of the provider', async () => {
    const hanging = new Hostile('hang');
    const madeUp = registerMadeUp({ assets: { sandbox: hanging.assets } });
    const { element, phases } = begin(madeUp, { requestToken: answers({ outcome: 'paid' }) });
    await reaches(element, 'succeeded');
    await settled();
    expect(phases).to.deep.equal(['token']);
    for (const _ of await hanging.requests()) await hanging.release();
  });

  it('has its outcome read before the schema of a custom provider', async () => {
    const madeUp = registerMadeUp({ token: { safeParse: () => ({ success: true, data: { token: 'made-up-token' } }) } });
    const { element } = begin(madeUp, { requestToken: answers({ outcome: 'paid', token: 'made-up-token' }) });
    await reaches(element, 'succeeded');
    expect(madeUp.openings).to.have.length(0);
  });

  it('is shown from the response to the early request of the head', async () => {
    const fetched = stub(window, 'fetch').callsFake(() => Promise.resolve(answer({ outcome: 'authorized' })));
    const { name } = registerMadeUp();
    runHead({ provider: name, environment: 'sandbox', order: 'A-1', tokenEndpoint: '/token' });
    const element = create({ provider: name, order: 'A-1' });
    document.body.append(Object.assign(element, { requestToken: undefined }));
    expect(await reaches(element, 'succeeded')).to.include({ confirmed: true, outcome: 'authorized' });
    expect(fetched.callCount).to.equal(1);
    restore();
  });

  it('fails with `token` / `shape` for an unknown outcome, and opens no form', async () => {
    const madeUp = registerMadeUp();
    const { element } = begin(madeUp, { requestToken: answers({ outcome: 'refunded', token: 'made-up-token' }) });
    const { error } = (await reaches(element, 'failed')) as { error: CheckoutError };
    expect(error).to.include({ code: 'token', reason: 'shape' });
    expect(madeUp.openings).to.have.length(0);
  });

  it('is shown when the automatic second attempt learns that it is paid', async () => {
    const madeUp = registerMadeUp();
    const requestToken = answers({ token: 'made-up-token' }, { outcome: 'paid' });
    const { element, states } = begin(madeUp, { requestToken });
    (await madeUp.opened(1)).drawn.reject(new CheckoutError('provider', 'timeout', 'The form did not appear.'));
    expect(await reaches(element, 'succeeded')).to.include({ attempt: 2, outcome: 'paid' });
    expect(states).to.deep.equal(['loading', 'initializing', 'loading', 'succeeded']);
    expect([madeUp.openings.length, element.childElementCount]).to.deep.equal([1, 0]);
  });

  it('is shown when the token expired while the library loaded and its replacement is an outcome', async () => {
    const madeUp = registerMadeUp();
    const { element } = begin(madeUp, { requestToken: answers({ token: 'made-up-token', expiresIn: 0 }, { outcome: 'saved' }) });
    expect(await reaches(element, 'succeeded')).to.include({ attempt: 1, outcome: 'saved' });
    expect(madeUp.openings).to.have.length(0);
  });

  describe('later', () => {
    for (const outcome of ['paid', 'pending'] as const) {
      const status = outcome === 'paid' ? 'succeeded' : 'pending';

      it(`starts no payment of a ${outcome} order when attributes change, but one of another order`, async () => {
        const madeUp = registerMadeUp();
        const requestToken = answers({ outcome }, { token: 'made-up-token' });
        const { element } = begin(madeUp, { requestToken });
        await reaches(element, status);
        Object.assign(element, { config: { a: 1 }, credentials: 'include', tokenEndpoint: '/token?again' });
        await element.updateComplete;
        await settled();
        expect([element.status, requestToken.count]).to.deep.equal([status, 1]);
        element.order = 'A-2';
        await madeUp.opened(1);
        expect(element.state).to.deep.equal({ status: 'initializing', attempt: 2, provider: madeUp.name });
      });
    }

    it('stays paid when the element is moved', async () => {
      const requestToken = answers({ outcome: 'paid' });
      const { element, states } = begin(registerMadeUp(), { requestToken });
      await reaches(element, 'succeeded');
      document.body.append(element);
      await element.updateComplete;
      expect(element.state).to.include({ status: 'succeeded', outcome: 'paid' });
      expect([requestToken.count, states]).to.deep.equal([1, ['loading', 'succeeded']]);
    });

    it('asks the token endpoint again when a pending element is moved', async () => {
      const requestToken = answers({ outcome: 'pending' }, { outcome: 'paid' });
      const { element } = begin(registerMadeUp(), { requestToken });
      await reaches(element, 'pending');
      document.body.append(element);
      expect(await reaches(element, 'succeeded')).to.include({ attempt: 2, outcome: 'paid' });
    });

    it('asks the token endpoint again on retry() after pending, but not after paid', async () => {
      const requestToken = answers({ outcome: 'pending' }, { outcome: 'paid' });
      const { element, states } = begin(registerMadeUp(), { requestToken });
      await reaches(element, 'pending');
      element.retry();
      expect(await reaches(element, 'succeeded')).to.include({ attempt: 2, outcome: 'paid' });
      element.retry();
      await settled();
      expect(states).to.deep.equal(['loading', 'pending', 'loading', 'succeeded']);
    });

    it('accepts a late success of an earlier attempt after pending', async () => {
      const madeUp = registerMadeUp();
      const element = await ready(madeUp, { requestToken: answers({ token: 'made-up-token' }, { outcome: 'pending' }) });
      madeUp.report({ status: 'cancelled' });
      element.retry();
      await reaches(element, 'pending');
      madeUp.report(paid);
      expect(element.state).to.deep.include({ status: 'succeeded', attempt: 1, confirmed: false });
    });

    it('ignores the answer for an order that the page has replaced, at whatever moment', async () => {
      for (let turns = 0; turns < 30; turns++) {
        const responses: Deferred<object>[] = [];
        const requestToken = () => (responses.push(deferred()), responses.at(-1)!.promise);
        const { element } = begin(registerMadeUp(), { requestToken });
        await settled();
        responses[0]!.resolve({ outcome: 'paid' });
        for (let n = 0; n < turns; n++) await Promise.resolve();
        element.order = 'A-2';
        await element.updateComplete;
        await settled();
        expect(element.state, `after ${turns} turns`).to.deep.equal({ status: 'loading', attempt: 2, provider: element.provider });
      }
    });
  });

  describe('that was paid in another tab while its form is open', () => {
    const lifetime = 60_000;
    /** The last sixth of a minute, in which an untouched form is replaced. */
    const margin = 10_000;
    let clock: SinonFakeTimers;
    beforeEach(() => (clock = fakeClock()));
    afterEach(() => clock.restore());

    const register = () => registerMadeUp({ agesWhileOpen: true, lifetime: lifetime / 1000 });

    /** Opens a form, and lets its session age until the element requests a replacement. */
    async function age(madeUp: MadeUp, setup: Partial<Setup> = {}): Promise<{ element: PayCheckout; replacement: Deferred<object> }> {
      const replacement = deferred<object>();
      const responses = [Promise.resolve({ token: 'made-up-token' }), replacement.promise];
      const element = await ready(madeUp, { requestToken: () => responses.shift()!, ...setup });
      await clock.tickAsync(lifetime - margin);
      return { element, replacement };
    }

    for (const [outcome, status] of [
      ['paid', 'succeeded'],
      ['pending', 'pending'],
    ] as const) {
      it(`replaces the untouched form by the outcome ${outcome}`, async () => {
        const madeUp = register();
        const { element, replacement } = await age(madeUp);
        const states = statesOf(element);
        replacement.resolve({ outcome });
        expect(await reaches(element, status)).to.not.have.property('result');
        expect(madeUp.last.context.signal.aborted).to.be.true;
        await clock.tickAsync(2 * lifetime);
        expect([states, element.childElementCount]).to.deep.equal([[status], 0]);
      });

      it(`replaces a form by the outcome ${outcome} that the shopper touched during the request`, async () => {
        const madeUp = register();
        const { element, replacement } = await age(madeUp);
        madeUp.last.context.onTouched();
        await settled();
        replacement.resolve({ outcome });
        await reaches(element, status);
        await clock.tickAsync(2 * lifetime);
        expect([element.status, element.childElementCount]).to.deep.equal([status, 0]);
      });
    }

    it('confirms a payment that the form reports meanwhile, whatever the token endpoint answers', async () => {
      const fetched = stub(window, 'fetch').callsFake(() => Promise.resolve(answer({ outcome: 'authorized' })));
      const madeUp = register();
      const { element, replacement } = await age(madeUp, { outcomeEndpoint: '/outcome' });
      madeUp.report(pending);
      replacement.resolve({ outcome: 'paid' });
      expect(await reaches(element, 'succeeded'))
        .to.include({ outcome: 'authorized' })
        .and.have.property('result');
      expect(fetched.callCount).to.equal(1);
      restore();
    });

    it('replaces a form whose session expired by the outcome, if the answer arrives after that', async () => {
      const madeUp = register();
      const { element, replacement } = await age(madeUp);
      madeUp.last.context.onTouched();
      await clock.tickAsync(margin);
      expect(element.status).to.equal('expired');
      replacement.resolve({ outcome: 'paid' });
      await reaches(element, 'succeeded');
      expect(element.childElementCount).to.equal(0);
    });
  });
});
