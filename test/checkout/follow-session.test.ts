import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import type { RequestToken } from '../../src/endpoint/request-token.js';
import { fakeClock } from '../support/clock.js';
import { deferred } from '../support/deferred.js';
import { checkout, reaches, ready, statesOf } from '../support/element.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { hidePage, showPage } from '../support/screen.js';
import { settled } from '../support/work.js';

const lifetime = 60_000;
/** The last part of a minute in which a token is no longer begun with: a sixth. */
const margin = 10_000;

function registerAgeing(): MadeUp {
  return registerMadeUp({ agesWhileOpen: true, lifetime: lifetime / 1000 });
}

function expiryOf(state: PayCheckout['state']): string {
  return state.status === 'ready' ? (state.expiresAt ?? '') : '';
}

function formOf(element: PayCheckout): HTMLElement | null {
  return element.querySelector<HTMLElement>(':scope > [slot=form]');
}

describe('a session that ages while its form stands', () => {
  let clock: SinonFakeTimers;
  let asked: number;
  const requestToken: RequestToken = () => Promise.resolve({ token: `token-${++asked}` });
  beforeEach(() => {
    asked = 0;
    clock = fakeClock();
  });
  afterEach(() => {
    showPage();
    clock.restore();
  });

  /** Opens the form that takes the place of the one before. */
  async function replaceTo(madeUp: MadeUp, count: number): Promise<void> {
    await clock.tickAsync(lifetime - margin);
    (await madeUp.opened(count)).drawn.resolve();
    await settled();
  }

  it('says when it dies', async () => {
    const element = await ready(registerAgeing());
    expect(element.state).to.deep.equal({ status: 'ready', attempt: 1, expiresAt: new Date(Date.now() + 30_000).toISOString() });
  });

  it('is replaced before it dies while nobody has touched it, and stays ready', async () => {
    const madeUp = registerAgeing();
    const element = await ready(madeUp, { requestToken });
    const first = element.state;
    const before = formOf(element);
    const states = statesOf(element);
    await clock.tickAsync(lifetime - margin - 1_000);
    expect(madeUp.openings).to.have.length(1);
    await replaceTo(madeUp, 2);
    expect(states).to.deep.equal(['ready']);
    expect(expiryOf(element.state) > expiryOf(first)).to.equal(true);
    expect(madeUp.openings.map(({ context }) => [context.token, context.signal.aborted])).to.deep.equal([
      ['token-1', true],
      ['token-2', false],
    ]);
    expect(formOf(element)).to.not.equal(before);
    expect(element.childElementCount).to.equal(1);
  });

  it('is replaced six times, and then expires', async () => {
    const madeUp = registerAgeing();
    const element = await ready(madeUp, { requestToken });
    for (let n = 2; n <= 7; n++) await replaceTo(madeUp, n);
    await clock.tickAsync(lifetime - 1_000);
    expect(element.status).to.equal('ready');
    await clock.tickAsync(1_000);
    expect(element.status).to.equal('expired');
    expect(asked).to.equal(7);
  });

  for (const type of ['input', 'keydown', 'pointerdown']) {
    it(`expires, and keeps what was typed, once there was a ${type} in it`, async () => {
      const madeUp = registerAgeing();
      const element = await ready(madeUp, { requestToken });
      const form = formOf(element);
      form!.dispatchEvent(new Event(type, { bubbles: true }));
      await clock.tickAsync(lifetime - 1);
      expect(element.status).to.equal('ready');
      await clock.tickAsync(1);
      expect(element.status).to.equal('expired');
      expect(formOf(element)).to.equal(form);
      expect(asked).to.equal(1);
    });
  }

  it('is touched when the focus goes into its iframe, and when its library says so', async () => {
    for (const touch of ['iframe', 'library']) {
      const madeUp = registerAgeing();
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

  it('keeps its form when the shopper begins to type while its successor is on its way', async () => {
    const madeUp = registerAgeing();
    const answers = [Promise.resolve({ token: 'first' }), deferred<object>().promise];
    const element = await ready(madeUp, { requestToken: () => answers.shift()! });
    await clock.tickAsync(lifetime - margin);
    formOf(element)!.dispatchEvent(new Event('input', { bubbles: true }));
    await clock.tickAsync(margin);
    expect(element.status).to.equal('expired');
    expect(madeUp.openings).to.have.length(1);
  });

  it('expires when its endpoint has no successor to give', async () => {
    const madeUp = registerAgeing();
    const answers: (() => Promise<object>)[] = [() => Promise.resolve({ token: 'first' })];
    const refuse = () => Promise.resolve(new Response(null, { status: 404 }));
    const element = await ready(madeUp, { requestToken: () => (answers.shift() ?? refuse)() });
    await clock.tickAsync(lifetime);
    expect(element.status).to.equal('expired');
  });

  it('waits for a page in the background to come back before it is replaced', async () => {
    const madeUp = registerAgeing();
    await ready(madeUp, { requestToken });
    hidePage(true);
    await clock.tickAsync(3 * lifetime);
    expect(asked).to.equal(1);
    showPage();
    await madeUp.opened(2);
  });

  it('is looked at when a page comes back from a sleep that no timer counted', async () => {
    const madeUp = registerAgeing();
    const element = await ready(madeUp, { requestToken });
    formOf(element)!.dispatchEvent(new Event('input', { bubbles: true }));
    await settled();
    clock.setSystemTime(Date.now() + 3_600_000);
    window.dispatchEvent(new Event('pageshow'));
    await settled();
    expect(element.status).to.equal('expired');
  });

  it('accepts a success that is reported after it expired', async () => {
    const madeUp = registerAgeing();
    const element = await ready(madeUp, { requestToken });
    madeUp.last.context.onTouched();
    await clock.tickAsync(lifetime);
    expect(madeUp.last.context.isExpired()).to.equal(true);
    madeUp.report({ status: 'succeeded', raw: {} });
    expect(element.status).to.equal('succeeded');
    expect(formOf(element)).to.equal(null);
  });

  it('is replaced no more when the provider itself called it expired', async () => {
    const madeUp = registerAgeing();
    const element = await ready(madeUp, { requestToken });
    madeUp.report({ status: 'expired' });
    expect(formOf(element)).to.not.equal(null);
    await clock.tickAsync(3 * lifetime);
    expect(asked).to.equal(1);
    element.retry();
    (await madeUp.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
    expect(element.childElementCount).to.equal(1);
  });

  it('fails when its successor does not come up', async () => {
    const madeUp = registerAgeing();
    const element = await ready(madeUp, { requestToken });
    await clock.tickAsync(lifetime - margin);
    (await madeUp.opened(2)).drawn.reject(new TypeError('no'));
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'threw');
  });

  it('ends with the element', async () => {
    const madeUp = registerAgeing();
    const element = await ready(madeUp, { requestToken });
    const states = statesOf(element);
    element.remove();
    await clock.tickAsync(3 * lifetime);
    expect([asked, states]).to.deep.equal([1, []]);
  });
});

describe('a form that covers or leaves the page', () => {
  it('opens only by the act of the shopper', async () => {
    const madeUp = registerMadeUp({ needsGesture: () => true });
    const eager = await checkout({ provider: madeUp.name });
    expect(await reaches(eager, 'failed'))
      .to.have.nested.property('error.message')
      .that.contains('set `loading` to `manual`');
    const manual = await checkout({ provider: madeUp.name, loading: 'manual' });
    manual.load();
    await madeUp.opened(1);
  });
});
