import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import { providers } from '../../demo/providers/index.js';
import type { PayCheckout } from '../../src/index.js';
import type { RequestFunction } from '../../src/endpoint/send-request.js';
import { createStandIns, payWithCard, useStandIns, type StandInsInUse } from '../../src/testing.js';
import { providerNames } from '../../src/testing/providers.js';
import { fakeClock } from '../support/clock.js';
import { comesTo, create } from '../support/element.js';
import { nest } from '../support/nested.js';
import { openShop, withoutRetries } from '../support/shop.js';

let clock: SinonFakeTimers;
let inUse: StandInsInUse;
let place: HTMLElement;
let requestToken: RequestFunction;
const { fetch } = window;

beforeEach(() => {
  clock = fakeClock();
  const standIns = createStandIns();
  const shop = openShop(standIns, withoutRetries);
  requestToken = (request) => shop.token(request);
  window.fetch = (input, init) => shop.outcome(new Request(input, init));
  inUse = useStandIns({ standIns });
  place = document.body.appendChild(document.createElement('div'));
});

afterEach(() => {
  place.remove();
  inUse.restore();
  window.fetch = fetch;
  clock.restore();
});

const createElement = (provider: string): PayCheckout => create({ provider, order: 'A-1001', outcomeEndpoint: '/outcome', requestToken });

describe('payWithCard', () => {
  for (const name of providerNames) {
    const { approved, declined } = providers[name].cards;

    it(`pays with the approved card in the form of ${name}`, async () => {
      const element = createElement(name);
      place.append(element);
      await comesTo(element, 'ready');
      payWithCard(element, approved!.number);
      expect(await comesTo(element, 'succeeded')).to.include({ confirmed: true, outcome: 'paid' });
    });

    it(`is declined with the declined card in the form of ${name}`, async () => {
      const element = createElement(name);
      place.append(element);
      await comesTo(element, 'ready');
      payWithCard(element, declined!.number);
      expect(await comesTo(element, 'failed')).to.have.nested.property('error.code', 'declined');
    });

    it(`finds the form of ${name} in the document if the element is in shadow roots`, async () => {
      const element = createElement(name);
      nest(element, place);
      await comesTo(element, 'ready');
      payWithCard(document, approved!.number);
      await comesTo(element, 'succeeded');
    });
  }

  it('does not click a button of the page that submits another form', async () => {
    const submits: Event[] = [];
    const other = document.createElement('form');
    other.append(document.createElement('button'));
    other.querySelector('button')!.type = 'submit';
    other.addEventListener('submit', (event) => {
      event.preventDefault();
      submits.push(event);
    });
    place.append(other);
    for (const name of providerNames) {
      const element = createElement(name);
      place.append(element);
      await comesTo(element, 'ready');
      payWithCard(place, providers[name].cards.approved!.number);
      await comesTo(element, 'succeeded');
      element.remove();
    }
    expect(submits).to.deep.equal([]);
  });

  it('names the place to pass and the function for bank accounts if there is no card form', () => {
    expect(() => payWithCard(place, '4111 1111 1111 1111')).to.throw(
      /^There is no card form here: no input for cc-number\..+ status `ready`.+ pass `document`.+ call `payWithHostedFields\(\)`\.$/,
    );
  });

  it('names the origin of an iframe that the page cannot read, and what to do', () => {
    const frame = document.createElement('iframe');
    // A sandboxed document has an origin of its own, as the iframe of a real provider has.
    frame.setAttribute('sandbox', '');
    frame.src = `${location.origin}/test/e2e/bare.html`;
    place.append(frame);
    expect(frame.contentDocument).to.equal(null);
    expect(() => payWithCard(place, '4111 1111 1111 1111')).to.throw(
      `An iframe here is of another origin, ${location.origin}, as the real provider's are. Call \`useStandIns()\` before the element starts, or fill`,
    );
  });
});
