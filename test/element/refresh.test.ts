import { expect } from '@open-wc/testing';
import type { PayCheckout } from '../../src/index.js';
import { en } from '../../src/messages/en.js';
import { CheckoutError } from '../../src/state/errors.js';
import { fakeClock, pass } from '../support/clock.js';
import { deferred, type Deferred } from '../support/deferred.js';
import { goodToken, reaches, ready, statesOf } from '../support/element.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';

interface OpenElement {
  readonly element: PayCheckout;
  /** The responses to the token requests that follow. */
  readonly responses: readonly Deferred<object>[];
  /** Returns the number of these requests. */
  count(): number;
}

async function open(madeUp: MadeUp): Promise<OpenElement> {
  const first = deferred<object>();
  const responses = [deferred<object>(), deferred<object>(), deferred<object>()];
  const requested = [first, ...responses].values();
  let count = -1;
  const requestToken = () => (count++, requested.next().value!.promise);
  first.resolve(goodToken);
  return { element: await ready(madeUp, { requestToken, order: 'A-1' }), responses, count: () => count };
}

const touch = ({ last }: MadeUp) => last.context.onTouched();
const form = (element: PayCheckout) => element.shadowRoot!.querySelector('[part=form]')!;
const shown = (element: PayCheckout) => element.shadowRoot!.querySelector<HTMLElement>('[role=status]')!.innerText.trim();

describe('refresh()', () => {
  it('opens the form again with a new token', async () => {
    const madeUp = registerMadeUp();
    const { element, responses } = await open(madeUp);
    const states = statesOf(element);
    element.refresh();
    responses[0]!.resolve({ ...goodToken, token: 'new' });
    (await madeUp.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
    await element.updateComplete;
    expect(madeUp.last.context.token).to.equal('new');
    expect([states, element.state.attempt]).to.deep.equal([['loading', 'initializing', 'ready'], 2]);
    expect([element.childElementCount, madeUp.last.context.container.inert, shown(element)]).to.deep.equal([1, false, '']);
  });

  it('keeps the old form, inert and with a note, until the new token is here', async () => {
    const madeUp = registerMadeUp();
    const { element, responses } = await open(madeUp);
    touch(madeUp);
    const [{ context }] = madeUp.openings as [(typeof madeUp)['last']];
    element.refresh();
    await element.updateComplete;
    expect([context.container.isConnected, context.container.inert]).to.deep.equal([true, true]);
    expect(getComputedStyle(form(element)).opacity).to.equal('1');
    expect(shown(element)).to.match(/total/);
    responses[0]!.resolve(goodToken);
    await madeUp.opened(2);
    expect([context.container.isConnected, context.signal.aborted]).to.deep.equal([false, true]);
  });

  it('shows the note beside the progress of the page', async () => {
    const { element } = await open(registerMadeUp());
    element.insertAdjacentHTML('beforeend', '<p slot="progress">One moment…</p>');
    element.refresh();
    await element.updateComplete;
    expect(shown(element)).to.match(/total/);
  });

  it('makes the parts of the old form inert that are elsewhere on the page, and lifts that when the form stays', async () => {
    const madeUp = registerMadeUp();
    const { element } = await open(madeUp);
    const popUp = document.body.appendChild(document.createElement('iframe'));
    popUp.className = madeUp.last.context.container.id;
    element.refresh();
    expect(popUp.inert).to.equal(true);
    madeUp.report({ status: 'pending', reference: 'r-1', raw: {} });
    expect([element.status, popUp.inert]).to.deep.equal(['pending', false]);
    popUp.remove();
  });

  it('counts a payment in the old form, and opens no other form', async () => {
    const madeUp = registerMadeUp();
    const { element, responses } = await open(madeUp);
    element.refresh();
    await element.updateComplete;
    madeUp.report({ status: 'succeeded', reference: 'r-1', raw: {} });
    await reaches(element, 'succeeded');
    responses[0]!.resolve(goodToken);
    await settled();
    expect([element.state.attempt, madeUp.openings.length, element.status]).to.deep.equal([1, 1, 'succeeded']);
    expect(shown(element)).to.not.match(/total/);
  });

  it('keeps the code of a payment that the old form registers', async () => {
    const madeUp = registerMadeUp();
    const { element, responses } = await open(madeUp);
    element.refresh();
    madeUp.report({ status: 'pending', reference: 'r-1', raw: {} });
    await reaches(element, 'pending');
    responses[0]!.resolve(goodToken);
    await settled();
    expect([element.childElementCount, madeUp.openings.length, madeUp.last.context.container.inert]).to.deep.equal([1, 1, false]);
  });

  it('leaves no form that could be paid again when a payment of an earlier attempt arrives', async () => {
    const madeUp = registerMadeUp();
    const { element, responses } = await open(madeUp);
    const [first] = madeUp.openings;
    element.refresh();
    responses[0]!.resolve(goodToken);
    (await madeUp.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
    element.refresh();
    await settled();
    first!.context.report({ status: 'succeeded', reference: 'late', raw: {} });
    expect(await reaches(element, 'succeeded')).to.include({ attempt: 1 });
    responses[1]!.resolve(goodToken);
    await settled();
    expect([element.childElementCount, madeUp.openings.length]).to.deep.equal([0, 2]);
  });

  it('starts no other attempt when the session of the old form fails meanwhile', async () => {
    const clock = fakeClock();
    const madeUp = registerMadeUp({ agesWhileOpen: true });
    const { element, responses, count } = await open(madeUp);
    // The session is replaced shortly before it dies.
    await pass(25_000);
    responses[0]!.resolve(goodToken);
    const replacement = await madeUp.opened(2);
    element.refresh();
    replacement.drawn.reject(new CheckoutError('provider', 'session', 'The old session is dead.'));
    await settled();
    responses[1]!.resolve(goodToken);
    (await madeUp.opened(3)).drawn.resolve();
    await reaches(element, 'ready');
    clock.restore();
    expect([count(), madeUp.openings.length, element.childElementCount, element.state.attempt]).to.deep.equal([2, 3, 1, 2]);
  });

  it('opens one form for several calls, with the token of the last', async () => {
    const madeUp = registerMadeUp();
    const { element, responses, count } = await open(madeUp);
    for (let n = 0; n < 3; n++) {
      element.refresh();
      await settled();
    }
    expect([element.childElementCount, count()]).to.deep.equal([1, 3]);
    responses.forEach((response, n) => response.resolve({ ...goodToken, token: `token-${n}` }));
    (await madeUp.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
    expect([madeUp.last.context.token, madeUp.openings.length, element.childElementCount]).to.deep.equal(['token-2', 2, 1]);
  });

  it('sends one request for several calls in a row', async () => {
    const { element, count } = await open(registerMadeUp());
    for (let n = 0; n < 3; n++) element.refresh();
    await settled();
    expect(count()).to.equal(1);
  });

  it('fails without the old form when no token arrives, because its price is wrong', async () => {
    const madeUp = registerMadeUp();
    const { element, responses } = await open(madeUp);
    element.refresh();
    responses[0]!.resolve(new Response('', { status: 404 }));
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'refused');
    expect(element.childElementCount).to.equal(0);
  });

  const failures: Record<string, (madeUp: MadeUp, response: Deferred<object>) => Promise<void> | void> = {
    'no token arrives': (_, response) => response.resolve(new Response('', { status: 404 })),
    'the new form does not open': async (madeUp, response) => {
      response.resolve(goodToken);
      (await madeUp.opened(2)).drawn.reject(new CheckoutError('provider', 'blocked', 'A host is blocked.'));
    },
  };
  for (const [what, fail] of Object.entries(failures)) {
    it(`warns against a second payment when the shopper had touched the old form, and ${what}`, async () => {
      const madeUp = registerMadeUp();
      const { element, responses } = await open(madeUp);
      element.locale = 'en';
      touch(madeUp);
      element.refresh();
      element.refresh();
      await settled();
      await fail(madeUp, responses[0]!);
      const { error } = (await reaches(element, 'failed')) as { error: CheckoutError };
      expect(error).to.include({ code: 'provider', reason: 'removed', retryable: true });
      expect(error.message).to.match(/^The page removed the form\. .*(404|A host is blocked\.)/);
      await element.updateComplete;
      expect(element.shadowRoot!.querySelector('[role=alert]')!.textContent.trim()).to.equal(en.interrupted);
      madeUp.openings[0]!.context.report({ status: 'succeeded', reference: 'in flight', raw: {} });
      expect(await reaches(element, 'succeeded')).to.include({ attempt: 1 });
    });
  }

  it('never uses the token that the head of the page requested at the old price', async () => {
    const early = () => (window.payCheckoutToken = () => undefined);
    const { element } = await open(registerMadeUp());
    early();
    element.refresh();
    expect('payCheckoutToken' in window).to.equal(false);
    const manual = document.createElement('pay-checkout');
    early();
    manual.refresh();
    expect('payCheckoutToken' in window).to.equal(false);
  });

  it('ends without a form when the order needs no payment now', async () => {
    const madeUp = registerMadeUp();
    const { element, responses } = await open(madeUp);
    element.refresh();
    responses[0]!.resolve({ outcome: 'paid' });
    expect(await reaches(element, 'succeeded')).to.include({ outcome: 'paid', confirmed: true });
    expect([element.childElementCount, madeUp.openings.length]).to.deep.equal([0, 1]);
  });

  it('ignores the old form when it ends meanwhile', async () => {
    const madeUp = registerMadeUp();
    const { element, responses } = await open(madeUp);
    element.refresh();
    madeUp.report({ status: 'cancelled' });
    expect(element.status).to.equal('loading');
    responses[0]!.resolve(goodToken);
    (await madeUp.opened(2)).drawn.resolve();
    await reaches(element, 'ready');
    expect(element.childElementCount).to.equal(1);
  });

  it('requests another token while the first is on its way, because it may be for the old price', async () => {
    const madeUp = registerMadeUp();
    const { element, responses } = await open(madeUp);
    element.refresh();
    await settled();
    element.refresh();
    await settled();
    responses[0]!.resolve({ ...goodToken, token: 'old' });
    responses[1]!.resolve({ ...goodToken, token: 'new' });
    await madeUp.opened(2);
    expect(madeUp.last.context.token).to.equal('new');
  });

  for (const outcome of ['succeeded', 'pending'] as const) {
    it(`does nothing once the payment has ${outcome === 'pending' ? 'been registered' : 'succeeded'}`, async () => {
      const madeUp = registerMadeUp();
      const { element, count } = await open(madeUp);
      madeUp.report({ status: outcome, raw: {} });
      await reaches(element, outcome);
      element.refresh();
      await settled();
      expect([element.status, count()]).to.deep.equal([outcome, 0]);
    });
  }

  it('does nothing before the start and after the shopper has closed the form', async () => {
    const madeUp = registerMadeUp();
    const { element, count } = await open(madeUp);
    madeUp.report({ status: 'cancelled' });
    await reaches(element, 'cancelled');
    element.refresh();
    const manual = document.createElement('pay-checkout');
    Object.assign(manual, { provider: madeUp.name, tokenEndpoint: '/token', loading: 'manual' });
    manual.refresh();
    await settled();
    expect([element.status, manual.status, count()]).to.deep.equal(['cancelled', 'idle', 0]);
  });

  describe('with a provider whose price is set later', () => {
    it('keeps what the shopper typed, and says that the total has changed', async () => {
      const madeUp = registerMadeUp({ pricedLater: true });
      const { element, count } = await open(madeUp);
      touch(madeUp);
      element.refresh();
      await element.updateComplete;
      await settled();
      expect([count(), madeUp.last.context.container.isConnected, element.status]).to.deep.equal([0, true, 'ready']);
      expect(madeUp.last.context.container.inert).to.equal(false);
      expect(shown(element)).to.match(/total/);
    });

    it('opens an untouched form again, whose button may show the price', async () => {
      const madeUp = registerMadeUp({ pricedLater: true });
      const { element, responses } = await open(madeUp);
      element.refresh();
      responses[0]!.resolve(goodToken);
      await madeUp.opened(2);
    });
  });
});
