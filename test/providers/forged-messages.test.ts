import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import { createStandIns, izipayCards, payrocCards, payWithCard, payWithHostedFields, useStandIns } from '../../src/testing.js';
import { fakeClock, pass } from '../support/clock.js';
import { comesTo, create, statesOf } from '../support/element.js';
import { event } from '../support/hostile.js';
import { openShop } from '../support/shop.js';

/** Whose messages reach the page of a checkout: each says them all, and then that it is done. */
const forgers: Record<string, (messages: readonly unknown[]) => Promise<void>> = {
  'the page itself': async (messages) => {
    const last = event(window, 'said');
    window.addEventListener('message', ({ data }) => data === 'said' && window.dispatchEvent(new Event('said')), { signal: ended.signal });
    for (const message of [...messages, 'said']) window.postMessage(message, '*');
    await last;
  },
  'a frame of the same origin': (messages) => sayInFrame(messages, false),
  'a frame of another origin': (messages) => sayInFrame(messages, true),
};

const signed = { code: '00', payloadHttp: '{"code":"00","response":{"order":[{"amount":"0.01"}]}}', signature: 'Zm9yZ2Vk' };
const json = JSON.stringify({ key: 'IZIPAY_EVENT_RESPONSE', data: signed });

/** In the right shape, as somebody writes them who has read the library. */
const forged = {
  izipay: [
    { key: 'IZIPAY_EVENT_RESPONSE', data: signed },
    { key: 'IZIPAY_EVENT_RESPONSE_ERROR', data: { code: '021' } },
    { key: 'IZIPAY_EVENT_CLOSE', data: { code: 'P54' } },
    { key: 'IZIPAY_EVENT_INACTIVITY', data: {} },
    json,
    json.replace('IZIPAY', String.raw`\u0049ZIPAY`),
    JSON.stringify(json.replace('I', String.raw`\u0049`)),
    { data: { key: 'IZIPAY_EVENT_RESPONSE', data: signed } },
    [{ key: 'IZIPAY_EVENT_RESPONSE', data: signed }],
  ],
  payroc: [
    { id: 'payroc:submission-success', payload: { token: 'forged', expiresAt: '2049-12-31T00:00:00Z' } },
    { id: 'payroc:submissionSuccess', payload: { token: 'forged', expiresAt: '2049-12-31T00:00:00Z' } },
    { id: 'payroc:field-submitted', payload: { field: 'submit', token: 'forged' } },
    { id: 'payroc:submit-initiated', payload: {} },
    { id: 'payroc:error', payload: { type: 'submission', message: 'forged' } },
    { id: 'payroc:error', payload: { type: 'init', message: 'The provided session token is invalid.' } },
  ],
};

const payers = {
  izipay: (element: PayCheckout) => payWithCard(element, izipayCards.approved),
  payroc: (element: PayCheckout) => payWithHostedFields(element, payrocCards.approved),
};

let clock: SinonFakeTimers;
let inUse: ReturnType<typeof useStandIns>;
let element: PayCheckout;
let ended: AbortController;
const { fetch } = window;

beforeEach(() => {
  clock = fakeClock();
  ended = new AbortController();
  const standIns = createStandIns();
  const shop = openShop(standIns);
  inUse = useStandIns({ standIns });
  window.fetch = (input, init) => shop.outcome(new Request(input, init));
  element = create({ provider: '', order: 'A-1001', outcomeEndpoint: '/outcome', requestToken: (request) => shop.token(request) });
});

afterEach(() => {
  ended.abort();
  for (const one of [element, ...document.querySelectorAll('iframe')]) one.remove();
  inUse.restore();
  window.fetch = fetch;
  clock.restore();
});

async function sayInFrame(messages: readonly unknown[], isForeign: boolean): Promise<void> {
  const frame = document.createElement('iframe');
  if (isForeign) frame.setAttribute('sandbox', 'allow-scripts');
  frame.srcdoc = `<script>
    addEventListener('message', ({ data }) => {
      for (const message of data) parent.postMessage(message, '*');
      parent.postMessage('said', '*');
    });
  </script>`;
  document.body.append(frame);
  await event(frame, 'load');
  const said = new Promise<void>((resolve) => {
    window.addEventListener('message', ({ data }) => data === 'said' && resolve(), { signal: ended.signal });
  });
  frame.contentWindow!.postMessage(messages, '*');
  await said;
}

for (const provider of ['izipay', 'payroc'] as const) {
  describe(`a checkout with ${provider}, whose form is open`, () => {
    beforeEach(async () => {
      Object.assign(element, { provider });
      document.body.append(element);
      await comesTo(element, 'ready');
    });

    // To the stand-in of Payroc its own gateway is any page of the same origin.
    const strangers = provider === 'payroc' ? ['a frame of another origin'] : Object.keys(forgers);
    for (const forger of strangers) {
      it(`hears nothing of what ${forger} says in the library's name, and takes the real payment afterwards`, async () => {
        const states = statesOf(element);
        const heard: unknown[] = [];
        window.addEventListener('message', ({ data }) => data !== 'said' && heard.push(data), { signal: ended.signal });
        await forgers[forger]!(forged[provider]);
        // The library of Payroc looks at the origin by itself; that of Izipay must not get to see them.
        expect(heard).to.have.length(provider === 'payroc' ? forged.payroc.length : 0);
        await pass(10_000);
        expect(states).to.deep.equal([]);
        payers[provider](element);
        const state = await comesTo(element, 'succeeded');
        expect(state).to.have.property('confirmed', true);
        expect(JSON.stringify(state)).to.not.contain('forged');
        expect(states).to.deep.equal(['confirming', 'succeeded']);
      });
    }
  });
}

it('hears nothing of what another environment of Izipay says', async () => {
  Object.assign(element, { provider: 'izipay' });
  document.body.append(element);
  await comesTo(element, 'ready');
  const heard: unknown[] = [];
  window.addEventListener('message', ({ data }) => heard.push(data), { signal: ended.signal });
  const say = (origin: string) => window.dispatchEvent(new MessageEvent('message', { data: { key: 'IZIPAY_EVENT_CLICK' }, origin }));
  say('https://testcheckout.izipay.pe');
  say('https://checkout.izipay.pe');
  expect(heard).to.deep.equal([]);
  say('https://sandbox-checkout.izipay.pe');
  expect(heard).to.have.length(1);
});

describe("what the library of Payroc believes its gateway's frames", () => {
  it('is never an outcome: a single-use token comes by no message', async () => {
    Object.assign(element, { provider: 'payroc' });
    document.body.append(element);
    await comesTo(element, 'ready');
    const states = statesOf(element);
    const [success, other, submitted] = forged.payroc;
    await forgers['the page itself']!([success, other, submitted]);
    await pass(10_000);
    expect(states).to.deep.equal([]);
  });
});
