import { expect } from '@open-wc/testing';
import { CheckoutError, type PayCheckout } from '../../src/index.js';
import { restore, stub } from 'sinon';
import { Checkout } from '../../src/checkout/checkout.js';
import { readSettings } from '../../src/checkout/settings.js';
import type { CheckoutState } from '../../src/state/state.js';
import { checkout, create, reaches, ready, statesOf } from '../support/element.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { settled } from '../support/work.js';
import { declined, paid, pending } from './sample-outcomes.js';

describe('Checkout', () => {
  afterEach(() => restore());

  it('starts a second attempt when the form never becomes ready, and fails after that', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name });
    (await madeUp.opened(1)).drawn.reject(new CheckoutError('provider', 'timeout', 'never'));
    const second = await madeUp.opened(2);
    expect(element.state).to.deep.equal({ status: 'initializing', attempt: 2, provider: madeUp.name });
    expect(madeUp.openings[0]!.context.signal.aborted).to.equal(true);
    expect(element.querySelectorAll('[slot=form]')).to.have.length(1);
    second.drawn.reject(new CheckoutError('provider', 'timeout', 'never'));
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'timeout');
    expect(element.state.attempt).to.equal(2);
  });

  const throwing = () => {
    throw new TypeError('The page has replaced it.');
  };
  it('fails when the page has replaced what the first timer needs', async () => {
    stub(window, 'IntersectionObserver').callsFake(throwing);
    const element = await checkout({ provider: registerMadeUp().name });
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'threw');
  });

  it('fails when the options of the page cannot be read', async () => {
    const { name } = registerMadeUp();
    const states: CheckoutState[] = [];
    const element = document.body.appendChild(document.createElement('div'));
    const settings = () => readSettings({ provider: name, environment: 'sandbox', tokenEndpoint: '/token', credentials: 'omit' });
    const onState = (state: CheckoutState) => states.push(state);
    new Checkout({ element, provider: () => name, settings, pageOptions: throwing, onState, onTiming: () => {} }).begin();
    await settled();
    expect(states).to.have.length(1);
    expect(states[0]).to.have.nested.property('error.reason', 'threw');
    element.remove();
  });

  it('retries from failed, cancelled, expired and pending only', async () => {
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

  const phases: Record<string, (madeUp: MadeUp, element: PayCheckout) => Promise<unknown>> = {
    'before it starts': () => Promise.resolve(),
    'while it loads': (_, element) => reaches(element, 'loading'),
    'while the provider draws the form': (madeUp) => madeUp.opened(1),
    'while the form is open': async (madeUp, element) => {
      (await madeUp.opened(1)).drawn.resolve();
      await reaches(element, 'ready');
    },
    'while the backend confirms the payment': async (madeUp, element) => {
      (await madeUp.opened(1)).drawn.resolve();
      await reaches(element, 'ready');
      madeUp.report(paid);
      await reaches(element, 'confirming');
    },
  };

  for (const [phase, drive] of Object.entries(phases)) {
    it(`leaves no node, dispatches no event and rejects no promise when the element is removed ${phase}`, async () => {
      const rejections: unknown[] = [];
      const onRejection = (event: PromiseRejectionEvent) => rejections.push(event.reason);
      addEventListener('unhandledrejection', onRejection);
      const madeUp = registerMadeUp();
      const element = create({ provider: madeUp.name, outcomeEndpoint: '/hang-for-ever' });
      document.body.append(element);
      await drive(madeUp, element);
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
