import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import { formContainerAttribute } from '../../src/page/slot-chain.js';
import { fakeClock } from '../support/clock.js';
import { create, reaches, ready, statesOf } from '../support/element.js';
import { registerMadeUp, type MadeUp } from '../support/made-up.js';
import { nest, oursIn } from '../support/nested.js';
import { rendered, settled } from '../support/work.js';
import { addContainer } from './add-container.js';
import { countRequests } from './count-requests.js';

const field = '<label>Card <input name="card"></label>';
const mostReopenings = 5;

let clock: SinonFakeTimers;
beforeEach(() => (clock = fakeClock()));
afterEach(() => clock.restore());

const mountOf = ({ last }: MadeUp) => last.context.container;

/** Opens a form with a field in it. */
async function open(setup = {}): Promise<{ madeUp: MadeUp; element: PayCheckout }> {
  const madeUp = registerMadeUp();
  const element = await ready(madeUp, setup);
  mountOf(madeUp).innerHTML = field;
  return { madeUp, element };
}

async function reopens(madeUp: MadeUp, element: PayCheckout, count: number): Promise<void> {
  (await madeUp.opened(count)).drawn.resolve();
  await reaches(element, 'ready');
}

function touch(madeUp: MadeUp): void {
  mountOf(madeUp)
    .querySelector('input')!
    .dispatchEvent(new Event('input', { bubbles: true }));
}

const ways: Record<string, (element: PayCheckout, mount: Element) => void> = {
  'removes all children': (element) => element.replaceChildren(),
  'removes the children and the status, as DOM morphing does': (element) => {
    element.removeAttribute('status');
    element.replaceChildren();
  },
  'writes the HTML again': (element) => (element.innerHTML += '<p slot="failed">Try again.</p>'),
  'takes it out and inserts it again': (element, mount) => element.append(mount),
  'turns it into another child': (_, mount) => {
    mount.removeAttribute('id');
    mount.setAttribute('slot', 'failed');
    mount.replaceChildren('Try again.');
  },
};

describe('a form that the page removes', () => {
  for (const [way, remove] of Object.entries(ways)) {
    it(`opens again with a new token when the page ${way}`, async () => {
      const { requestToken } = countRequests();
      const { madeUp, element } = await open({ requestToken });
      const { context } = madeUp.last;
      const states = statesOf(element);
      remove(element, context.container);
      await reopens(madeUp, element, 2);
      expect(context.signal.aborted).to.equal(true);
      expect(madeUp.last.context.token).to.equal('token-2');
      expect(states).to.deep.equal(['loading', 'initializing', 'ready']);
      expect(element.state.attempt).to.equal(2);
      expect(element.getAttribute('status')).to.equal('ready');
      expect(oursIn(element)).to.deep.equal([mountOf(madeUp)]);
    });
  }

  it('opens again when it is removed while the provider draws it', async () => {
    const madeUp = registerMadeUp();
    const element = addContainer('div').appendChild(create({ provider: madeUp.name }));
    await madeUp.opened(1);
    element.replaceChildren();
    await reopens(madeUp, element, 2);
    expect(element.state.attempt).to.equal(2);
  });

  it('opens again when the container is removed that a framework rendered for it', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    const container = document.createElement('div');
    container.slot = 'form';
    container.setAttribute(formContainerAttribute, '');
    element.append(container);
    addContainer('div').append(element);
    await reopens(madeUp, element, 1);
    container.remove();
    await reopens(madeUp, element, 2);
  });

  it('opens again when the page removes a slot that leads to it', async () => {
    const madeUp = registerMadeUp();
    const element = create({ provider: madeUp.name });
    const place = addContainer('div');
    const { roots } = nest(element, place);
    await reopens(madeUp, element, 1);
    oursIn(roots[0]!)[0]!.remove();
    await reopens(madeUp, element, 2);
    expect(oursIn(place, ...roots, element)).to.have.length(3);
  });

  it('offers the button, and requests no token, if the shopper had touched it', async () => {
    const endpoint = countRequests();
    const { madeUp, element } = await open(endpoint);
    touch(madeUp);
    element.innerHTML += '';
    expect(await reaches(element, 'failed'))
      .to.have.property('error')
      .that.includes({ code: 'provider', reason: 'removed', retryable: true });
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('[part=retry]')).to.not.equal(null);
    expect(endpoint.requests).to.equal(1);
    expect(oursIn(element)).to.deep.equal([]);
    element.retry();
    await reopens(madeUp, element, 2);
  });

  it('still reports a payment that was in flight from a touched form', async () => {
    const { madeUp, element } = await open();
    touch(madeUp);
    element.replaceChildren();
    await reaches(element, 'failed');
    madeUp.report({ status: 'succeeded', reference: 'r-1', raw: {} });
    expect(await reaches(element, 'succeeded')).to.include({ attempt: 1 });
  });

  it('does not open again after it has reported a pending payment', async () => {
    const { madeUp, element } = await open();
    madeUp.report({ status: 'pending', reference: 'r-1', raw: {} });
    const { state } = element;
    element.replaceChildren();
    await settled();
    expect(element.state).to.equal(state);
    madeUp.report({ status: 'succeeded', reference: 'r-1', raw: {} });
    expect(element.status).to.equal('succeeded');
    expect(madeUp.openings).to.have.length(1);
  });

  it(`opens again ${mostReopenings} times; after that the shopper decides`, async () => {
    const endpoint = countRequests();
    const { madeUp, element } = await open(endpoint);
    for (let count = 2; count <= mostReopenings + 1; count++) {
      element.replaceChildren();
      await reopens(madeUp, element, count);
    }
    element.replaceChildren();
    expect(await reaches(element, 'failed'))
      .to.have.property('error')
      .that.includes({ reason: 'removed' });
    expect(endpoint.requests).to.equal(mostReopenings + 1);
    element.retry();
    await reopens(madeUp, element, mostReopenings + 2);
    element.replaceChildren();
    await reopens(madeUp, element, mostReopenings + 3);
  });

  it('opens again, without a limit, each time that the element is shown, if the adapter gives up a hidden form', async () => {
    const endpoint = countRequests();
    const { madeUp, element } = await open(endpoint);
    for (let count = 2; count <= mostReopenings + 2; count++) {
      await rendered();
      element.hidden = true;
      madeUp.last.context.onRemoved();
      await settled();
      expect([element.status, endpoint.requests]).to.deep.equal(['loading', count - 1]);
      element.hidden = false;
      await reopens(madeUp, element, count);
    }
  });

  it('does not open again when the element is removed with it', async () => {
    const { madeUp, element } = await open();
    element.parentElement!.replaceChildren();
    await settled();
    expect(madeUp.openings).to.have.length(1);
    expect(element.status).to.equal('idle');
  });
});

describe('a copy of an element with a form', () => {
  it('has no form of the original, and opens its own', async () => {
    const { madeUp, element } = await open();
    const copy = element.cloneNode(true) as PayCheckout;
    const { provider, requestToken, tokenEndpoint } = element;
    element.replaceWith(Object.assign(copy, { provider, requestToken, tokenEndpoint }));
    expect(copy.querySelector('input')).to.equal(null);
    await reopens(madeUp, copy, 2);
    expect(oursIn(copy)).to.deep.equal([mountOf(madeUp)]);
  });

  it('has no dead form while it waits for its button', async () => {
    const { element } = await open();
    const copy = addContainer('div').appendChild(element.cloneNode(true) as PayCheckout);
    copy.loading = 'manual';
    expect(copy.childElementCount).to.equal(0);
    expect(oursIn(element)).to.have.length(1);
  });

  it('keeps the children of the page', async () => {
    const { element } = await open();
    element.append(Object.assign(document.createElement('p'), { slot: 'failed', id: 'pay-checkout-note' }));
    const copy = element.cloneNode(true) as PayCheckout;
    copy.loading = 'manual';
    addContainer('div').append(copy);
    expect([...copy.children].map(({ id }) => id)).to.deep.equal(['pay-checkout-note']);
  });

  it('has a mount whose id is not in HTML that the page has stored', async () => {
    const { madeUp } = await open();
    const next = Number(/\d+/.exec(mountOf(madeUp).id)![0]) + 1;
    addContainer('div').innerHTML = `<div id="pay-checkout-${next}">${field}</div>`;
    const other = await open();
    expect(document.getElementById(mountOf(other.madeUp).id)).to.equal(mountOf(other.madeUp));
  });
});

it('writes the attribute `status` again that the page has removed or changed', async () => {
  const { element } = await open();
  element.removeAttribute('status');
  await element.updateComplete;
  expect(element.getAttribute('status')).to.equal('ready');
  element.setAttribute('status', 'idle');
  await element.updateComplete;
  expect(element.getAttribute('status')).to.equal('ready');
});
