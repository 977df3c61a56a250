import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import { fakeClock } from '../support/clock.js';
import { checkout, create, reaches, ready, statesOf } from '../support/element.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { itMoves } from '../support/nested.js';
import { settled } from '../support/work.js';
import { addContainer } from './add-container.js';
import { countRequests } from './count-requests.js';

let clock: SinonFakeTimers;
beforeEach(() => (clock = fakeClock()));
afterEach(() => clock.restore());

describe('<pay-checkout>', () => {
  const phases: Record<string, (madeUp: MadeUp, element: PayCheckout) => Promise<unknown>> = {
    'before it starts': () => Promise.resolve(),
    'while it loads': (_, element) => reaches(element, 'loading'),
    'while the provider draws the form': (madeUp) => madeUp.opened(1),
    'while the form is open': async (madeUp, element) => {
      (await madeUp.opened(1)).drawn.resolve();
      await reaches(element, 'ready');
    },
    'while a payment is pending': async (madeUp, element) => {
      (await madeUp.opened(1)).drawn.resolve();
      await reaches(element, 'ready');
      madeUp.report({ status: 'pending', reference: 'r-1', raw: {} });
    },
  };

  for (const [when, drive] of Object.entries(phases)) {
    it(`restarts once, with a new mount, when insertBefore moves it ${when}`, async () => {
      const madeUp = registerMadeUp();
      const [from, to] = [addContainer('div'), addContainer('div')];
      const element = from.appendChild(create({ provider: madeUp.name }));
      await drive(madeUp, element);
      const firstAttempt = element.state.attempt;
      const [before] = madeUp.openings;
      to.insertBefore(element, null);
      const { context, drawn } = await madeUp.opened(madeUp.openings.length + 1);
      drawn.resolve();
      await reaches(element, 'ready');
      expect(element.state.attempt).to.equal(firstAttempt + 1);
      expect([...element.children]).to.deep.equal([context.container]);
      expect(before?.context.signal.aborted).to.not.equal(false);
      before?.context.report({ status: 'cancelled' });
      expect(element.status).to.equal('ready');
    });

    itMoves(`continues when moveBefore moves it ${when}`, async () => {
      const madeUp = registerMadeUp();
      const [from, to] = [addContainer('div'), addContainer('div')];
      const element = from.appendChild(create({ provider: madeUp.name }));
      await drive(madeUp, element);
      const { status } = element;
      to.moveBefore(element, null);
      expect(element.status).to.equal(status);
      (await madeUp.opened(1)).drawn.resolve();
      if (status !== 'pending') await reaches(element, 'ready');
      expect([element.state.attempt, madeUp.openings.length]).to.deep.equal([1, 1]);
      expect(madeUp.last.context.container.parentElement === element).to.equal(true);
    });
  }

  it('restarts once when it is moved twice in one task', async () => {
    const madeUp = registerMadeUp();
    const endpoint = countRequests();
    const element = await ready(madeUp, endpoint);
    const states = statesOf(element);
    addContainer('div').append(element);
    addContainer('div').append(element);
    await madeUp.opened(2);
    expect([states, endpoint.requests, element.state.attempt]).to.deep.equal([['loading', 'initializing'], 2, 2]);
  });

  it('restarts once, with a new mount, when append() moves it within its parent', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    const before = madeUp.last.context.container.id;
    const states = statesOf(element);
    element.parentElement!.append(document.createElement('p'), element);
    await madeUp.opened(2);
    expect(states).to.deep.equal(['loading', 'initializing']);
    expect(madeUp.last.context.container.id).to.not.equal(before);
    expect(element.querySelectorAll('[slot=form]')).to.have.length(1);
  });

  it('stays succeeded when it is removed and inserted again', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp);
    madeUp.report({ status: 'succeeded', raw: {} });
    const parent = element.parentElement!;
    element.remove();
    parent.append(element);
    await element.updateComplete;
    await settled();
    expect(element.status).to.equal('succeeded');
    expect(madeUp.openings).to.have.length(1);
  });

  it('waits for its start button again when it is moved', async () => {
    const madeUp = registerMadeUp();
    const element = await checkout({ provider: madeUp.name, loading: 'manual' });
    element.load();
    (await madeUp.opened(1)).drawn.resolve();
    await reaches(element, 'ready');
    addContainer('div').append(element);
    await element.updateComplete;
    expect(element.status).to.equal('idle');
    expect(element.shadowRoot!.querySelector('[part=start]')).to.exist;
    element.load();
    await madeUp.opened(2);
  });
});
