import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../src/index.js';
import { createStandIns, izipayCards, payrocCards, payWithCard, payWithHostedFields, useStandIns } from '../../src/testing.js';
import { fakeClock, pass } from '../support/clock.js';
import { comesTo, create, statesOf } from '../support/element.js';
import { event } from '../support/hostile.js';
import { openShop } from '../support/shop.js';

/** Senders whose messages reach the page. Each posts all messages, and then a last one. */
const forgers: Record<string, (messages: readonly unknown[]) => Promise<void>> = {
  'the page itself': async (messages) => {
    const last = event(window, 'done');
    window.addEventListener('message', ({ data }) => data === 'done' && window.dispatchEvent(new Event('done')), { signal: ended.signal });
    for (const message of [...messages, 'done']) window.postMessage(message, '*');
    await last;
  },
  'a frame of the same origin': (messages) => postFromFrame(messages, false),
  'a frame of another origin': (messages) => postFromFrame(messages, true),
};

const signed = { code: '00', payloadHttp: '{"code":"00","response":{"order":[{"amount":"0.01"}]}}', signature: 'Zm9yZ2Vk' };
const json = JSON.stringify({ key: 'IZIPAY_EVENT_RESPONSE', data: signed });

/** Messages in the library's own format, as an attacker who has read the library would write them. */
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

async function postFromFrame(messages: readonly unknown[], isForeign: boolean): Promise<void> {
  const frame = document.createElement('iframe');
  if (isForeign) frame.setAttribute('sandbox', 'allow-scripts');
  frame.srcdoc = `<script>
    addEventListener('message', ({ data }) => {
      for (const message of data) parent.postMessage(message, '*');
      parent.postMessage('done', '*');
    });
  </script>`;
  document.body.append(frame);
  await event(frame, 'load');
  const done = new Promise<void>((resolve) => {
    window.addEventListener('message', ({ data }) => data === 'done' && resolve(), { signal: ended.signal });
  });
  frame.contentWindow!.postMessage(messages, '*');
  await done;
}

for (const provider of ['izipay', 'payroc'] as const) {
  describe(`an open form of ${provider}`, () => {
    beforeEach(async () => {
      Object.assign(element, { provider });
      document.body.append(element);
      await comesTo(element, 'ready');
    });

    // The stand-in of Payroc trusts every page of its own origin as its gateway.
    const senders = provider === 'payroc' ? ['a frame of another origin'] : Object.keys(forgers);
    for (const sender of senders) {
      it(`ignores forged messages from ${sender}, and accepts the real payment afterwards`, async () => {
        const states = statesOf(element);
        const received: unknown[] = [];
        window.addEventListener('message', ({ data }) => data !== 'done' && received.push(data), { signal: ended.signal });
        await forgers[sender]!(forged[provider]);
        // The library of Payroc checks the origin itself. The library of Izipay must not receive the messages.
        expect(received).to.have.length(provider === 'payroc' ? forged.payroc.length : 0);
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

it('stops messages from another environment of Izipay', async () => {
  Object.assign(element, { provider: 'izipay' });
  document.body.append(element);
  await comesTo(element, 'ready');
  const received: unknown[] = [];
  window.addEventListener('message', ({ data }) => received.push(data), { signal: ended.signal });
  const post = (origin: string) => window.dispatchEvent(new MessageEvent('message', { data: { key: 'IZIPAY_EVENT_CLICK' }, origin }));
  post('https://testcheckout.izipay.pe');
  post('https://checkout.izipay.pe');
  expect(received).to.deep.equal([]);
  post('https://sandbox-checkout.izipay.pe');
  expect(received).to.have.length(1);
});

describe("a message that the library of Payroc accepts from its gateway's frames", () => {
  it('is never an outcome, because no message carries a single-use token', async () => {
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
