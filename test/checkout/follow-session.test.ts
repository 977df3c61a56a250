import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import type { Renew } from '../../src/provider.js';
import type { RequestFunction } from '../../src/endpoint/send-request.js';
import { fakeClock } from '../support/clock.js';
import { deferred } from '../support/deferred.js';
import { reaches, ready, statesOf } from '../support/element.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { hidePage, showPage } from '../support/screen.js';
import { settled } from '../support/work.js';

const lifetime = 60_000;
/** The last sixth of a minute, in which a form is no longer opened with the token. */
const margin = 10_000;

function registerAgingProvider(): MadeUp {
  return registerMadeUp({ agesWhileOpen: true, lifetime: lifetime / 1000 });
}

function expiryOf(state: PayCheckout['state']): string {
  return state.status === 'ready' ? (state.expiresAt ?? '') : '';
}

function formOf(element: PayCheckout): HTMLElement | null {
  return element.querySelector<HTMLElement>(':scope > [slot=form]');
}

describe('followSession', () => {
  let clock: SinonFakeTimers;
  let requests: number;
  const requestToken: RequestFunction = () => Promise.resolve({ token: `token-${++requests}` });
  beforeEach(() => {
    requests = 0;
    clock = fakeClock();
  });
  afterEach(() => {
    showPage();
    clock.restore();
  });

  /** Lets the session age until its form is replaced, and opens the replacement. */
  async function openReplacement(madeUp: MadeUp, count: number): Promise<void> {
    await clock.tickAsync(lifetime - margin);
    (await madeUp.opened(count)).drawn.resolve();
    await settled();
  }

  it('sets `expiresAt` in the state', async () => {
    const element = await ready(registerAgingProvider());
    const expiresAt = new Date(Date.now() + 30_000).toISOString();
    expect(element.state).to.deep.equal({ status: 'ready', attempt: 1, provider: element.provider, expiresAt });
  });

  it('replaces an untouched form before its session expires, and stays ready', async () => {
    const madeUp = registerAgingProvider();
    const element = await ready(madeUp, { requestToken });
    const first = element.state;
    const before = formOf(element);
    const states = statesOf(element);
    await clock.tickAsync(lifetime - margin - 1_000);
    expect(madeUp.openings).to.have.length(1);
    await openReplacement(madeUp, 2);
    expect(states).to.deep.equal(['ready']);
    expect(expiryOf(element.state) > expiryOf(first)).to.equal(true);
    expect(madeUp.openings.map(({ context }) => [context.token, context.signal.aborted])).to.deep.equal([
      ['token-1', true],
      ['token-2', false],
    ]);
    expect(formOf(element)).to.not.equal(before);
    expect(element.childElementCount).to.equal(1);
  });

  it('replaces an untouched form six times, and then lets the session expire', async () => {
    const madeUp = registerAgingProvider();
    const element = await ready(madeUp, { requestToken });
    for (let n = 2; n <= 7; n++) await openReplacement(madeUp, n);
    await clock.tickAsync(lifetime - 1_000);
    expect(element.status).to.equal('ready');
    await clock.tickAsync(1_000);
    expect(element.status).to.equal('expired');
    expect(requests).to.equal(7);
  });

  for (const type of ['input', 'keydown', 'pointerdown']) {
    it(`keeps a form that received ${type}, and lets its session expire`, async () => {
      const madeUp = registerAgingProvider();
      const element = await ready(madeUp, { requestToken });
      const form = formOf(element);
      form!.dispatchEvent(new Event(type, { bubbles: true }));
      await clock.tickAsync(lifetime - 1);
      expect(element.status).to.equal('ready');
      await clock.tickAsync(1);
      expect(element.status).to.equal('expired');
      expect(formOf(element)).to.equal(form);
      expect(requests).to.equal(1);
    });
  }

  it('treats a form as touched when its iframe takes the focus or its library reports it', async () => {
    for (const touch of ['iframe', 'library']) {
      const madeUp = registerAgingProvider();
      const element = await ready(madeUp);
      if (touch === 'library') madeUp.last.context.onTouched();
      else {
        const frame = formOf(element)!.appendChild(document.createElement('iframe'));
        frame.focus();
        window.dispatchEvent(new Event('blur'));
      }
      await clock.tickAsync(lifetime);
      expect(element.status, touch).to.equal('expired');
      expect(madeUp.openings).to.have.length(1);
    }
  });

  it('keeps the form when the shopper starts to type while the token request is in flight', async () => {
    const madeUp = registerAgingProvider();
    const responses = [Promise.resolve({ token: 'first' }), deferred<object>().promise];
    const element = await ready(madeUp, { requestToken: () => responses.shift()! });
    await clock.tickAsync(lifetime - margin);
    formOf(element)!.dispatchEvent(new Event('input', { bubbles: true }));
    await clock.tickAsync(margin);
    expect(element.status).to.equal('expired');
    expect(madeUp.openings).to.have.length(1);
  });

  it('lets the session expire when the endpoint refuses another token', async () => {
    const madeUp = registerAgingProvider();
    const responses: (() => Promise<object>)[] = [() => Promise.resolve({ token: 'first' })];
    const refuse = () => Promise.resolve(new Response(null, { status: 404 }));
    const element = await ready(madeUp, { requestToken: () => (responses.shift() ?? refuse)() });
    await clock.tickAsync(lifetime);
    expect(element.status).to.equal('expired');
  });

  describe('with a form that takes a new session', () => {
    /** Opens the form, and returns the tokens that it is given later. */
    async function openRenewable(renew: Renew): Promise<[MadeUp, PayCheckout]> {
      const madeUp = registerAgingProvider();
      const opening = madeUp.opened(1).then(({ drawn }) => drawn.resolve(renew));
      const element = await ready(madeUp, { requestToken });
      await opening;
      return [madeUp, element];
    }

    it('gives it a new token before its session expires, and keeps it, also after the shopper has touched it', async () => {
      const given: string[] = [];
      const [madeUp, element] = await openRenewable((fresh) => Promise.resolve(void given.push(fresh.token)));
      const form = formOf(element)!;
      const states = statesOf(element);
      form.dispatchEvent(new Event('input', { bubbles: true }));
      await clock.tickAsync(lifetime - margin);
      await settled();
      expect(given).to.deep.equal(['token-2']);
      await clock.tickAsync(lifetime - margin);
      await settled();
      expect(given).to.deep.equal(['token-2', 'token-3']);
      expect(states).to.deep.equal(['ready', 'ready']);
      expect(formOf(element)).to.equal(form);
      expect(madeUp.openings).to.have.length(1);
    });

    it('lets the session expire when the form refuses the new one', async () => {
      const [madeUp, element] = await openRenewable(() => Promise.reject(new Error('a payment is in flight')));
      await clock.tickAsync(lifetime);
      expect(element.status).to.equal('expired');
      expect(madeUp.openings).to.have.length(1);
    });
  });

  it('replaces the form of a hidden page only when the page is visible again', async () => {
    const madeUp = registerAgingProvider();
    await ready(madeUp, { requestToken });
    hidePage(true);
    await clock.tickAsync(3 * lifetime);
    expect(requests).to.equal(1);
    showPage();
    await madeUp.opened(2);
  });

  it('checks the age of the session when the page returns from a sleep that no timer counted', async () => {
    const madeUp = registerAgingProvider();
    const element = await ready(madeUp, { requestToken });
    formOf(element)!.dispatchEvent(new Event('input', { bubbles: true }));
    await settled();
    clock.setSystemTime(Date.now() + 3_600_000);
    window.dispatchEvent(new Event('pageshow'));
    await settled();
    expect(element.status).to.equal('expired');
  });

  it('accepts a success that is reported after it expired', async () => {
    const madeUp = registerAgingProvider();
    const element = await ready(madeUp, { requestToken });
    madeUp.last.context.onTouched();
    await clock.tickAsync(lifetime);
    expect(madeUp.last.context.isExpired()).to.equal(true);
    madeUp.report({ status: 'succeeded', raw: {} });
    expect(element.status).to.equal('succeeded');
    expect(formOf(element)).to.equal(null);
  });

  it('stops replacing the form when the provider reports that it expired', async () => {
    const madeUp = registerAgingProvider();
    const element = await ready(madeUp, { requestToken });
    madeUp.report({ status: 'expired' });
    expect(formOf(element)).to.not.equal(null);
    await clock.tickAsync(3 * lifetime);
    expect(requests).to.equal(1);
    element.retry();
    (await madeUp.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
    expect(element.childElementCount).to.equal(1);
  });

  it('fails when the replacement does not open', async () => {
    const madeUp = registerAgingProvider();
    const element = await ready(madeUp, { requestToken });
    await clock.tickAsync(lifetime - margin);
    (await madeUp.opened(2)).drawn.reject(new TypeError('no'));
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'threw');
  });

  it('stops when the element is removed', async () => {
    const madeUp = registerAgingProvider();
    const element = await ready(madeUp, { requestToken });
    const states = statesOf(element);
    element.remove();
    await clock.tickAsync(3 * lifetime);
    expect([requests, states]).to.deep.equal([1, []]);
  });
});
