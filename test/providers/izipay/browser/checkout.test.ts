import { expect } from '@open-wc/testing';
import { spy, type SinonFakeTimers } from 'sinon';
import type { PayCheckout } from '../../../../src/index.js';
import { hosts, scriptPath } from '../../../../src/providers/izipay/contract.js';
import { createStandIns, izipayCards, payWithCard, useStandIns, type StandIns, type StandInsInUse } from '../../../../src/testing.js';
import { framePaths } from '../../../../src/testing/izipay/api.js';
import { evaluate } from '../../../../src/testing/izipay/evaluate.js';
import type { RequestFunction } from '../../../../src/endpoint/send-request.js';
import { fakeClock, pass } from '../../../support/clock.js';
import { deferred } from '../../../support/deferred.js';
import { comesTo, create, reaches, statesOf, type Setup } from '../../../support/element.js';
import { openShop } from '../../../support/shop.js';
import { settled } from '../../../support/work.js';

/** Milliseconds on screen until the form must be ready. */
const readyLimit = 20_000;

let clock: SinonFakeTimers;
let standIns: StandIns;
let inUse: StandInsInUse;
let elements: PayCheckout[];
let requestToken: RequestFunction;
const { fetch } = window;

beforeEach(() => {
  clock = fakeClock();
  standIns = createStandIns();
  const shop = openShop(standIns);
  requestToken = (request) => shop.token(request);
  window.fetch = (input, init) => shop.outcome(new Request(input, init));
  inUse = useStandIns({ standIns });
  elements = [];
});

afterEach(() => {
  for (const element of elements) element.remove();
  inUse.restore();
  window.fetch = fetch;
  clock.restore();
});

function begin(setup: Partial<Setup> = {}): PayCheckout {
  const element = create({ provider: 'izipay', order: 'A-1001', outcomeEndpoint: '/outcome', requestToken, ...setup });
  elements.push(element);
  document.body.append(element);
  return element;
}

/** Creates a token endpoint whose config has the given `typeForm`. */
const requestTokenFor =
  (typeForm: string): RequestFunction =>
  async (request, context) => {
    const answer = (await ((await requestToken(request, context)) as Response).json()) as { config: object };
    const redirectUrls = { onSuccess: 'https://shop.example.com/thanks' };
    return { ...answer, config: { ...answer.config, render: { typeForm, ...(typeForm === 'redirect' && { redirectUrls }) } } };
  };

describe('<pay-checkout> with Izipay', () => {
  it('succeeds with a result whose signature is valid', async () => {
    const element = begin();
    const states = statesOf(element);
    await comesTo(element, 'ready');
    payWithCard(element, izipayCards.approved);
    expect(await comesTo(element, 'succeeded')).to.include({ confirmed: true });
    expect(states.slice(-2)).to.deep.equal(['confirming', 'succeeded']);
  });

  it('is pending with a result whose signature is forged', async () => {
    const confirm = window.fetch;
    window.fetch = async (input, init) => {
      const request = new Request(input, init);
      const body = (await request.clone().json()) as { result: { raw: { signature: string } } };
      body.result.raw.signature = btoa('forged');
      return confirm(new Request(request, { body: JSON.stringify(body) }));
    };
    const element = begin();
    await comesTo(element, 'ready');
    payWithCard(element, izipayCards.approved);
    expect(await comesTo(element, 'pending')).to.not.have.property('error');
  });

  it('is pending when it is unknown whether the shopper paid', async () => {
    const element = begin();
    await comesTo(element, 'ready');
    payWithCard(element, izipayCards.undecided);
    await comesTo(element, 'pending');
  });

  it('expires when the shopper is inactive, and opens on retry', async () => {
    const element = begin();
    await comesTo(element, 'ready');
    payWithCard(element, izipayCards.inactive);
    await comesTo(element, 'expired');
    element.retry();
    await comesTo(element, 'ready');
  });

  it('opens right after the script was evaluated', async () => {
    evaluate(`${hosts.sandbox.checkout}${scriptPath}`, { fetch: standIns.fetch });
    document.getElementById('izipay-checkout-web')!.remove();
    const element = begin();
    await comesTo(element, 'ready');
    expect(element.state.attempt).to.equal(1);
    payWithCard(element, izipayCards.approved);
    await comesTo(element, 'succeeded');
  });

  it('opens in the same attempt after the library lost the form silently', async () => {
    inUse.faults.izipay.lostForms = 1;
    const element = begin();
    await comesTo(element, 'ready');
    expect(element.state.attempt).to.equal(1);
    payWithCard(element, izipayCards.approved);
    await comesTo(element, 'succeeded');
  });

  it('succeeds in a pop-up that the shopper opened, and restores the page', async () => {
    document.body.style.overflow = 'clip';
    const element = begin({ loading: 'manual', requestToken: requestTokenFor('pop-up') });
    element.load();
    await comesTo(element, 'ready');
    expect(document.body.style.overflow).to.equal('hidden');
    expect(document.getElementById('izipay-checkout-web')!.title).to.equal('Izipay');
    payWithCard(document, izipayCards.approved);
    await comesTo(element, 'succeeded');
    expect([document.body.style.overflow, document.getElementById('izipay-checkout-web')]).to.deep.equal(['clip', null]);
    document.body.style.overflow = '';
  });

  for (const typeForm of ['pop-up', 'redirect']) {
    it(`opens no ${typeForm} without the shopper's action`, async () => {
      const state = await comesTo(begin({ requestToken: requestTokenFor(typeForm) }), 'failed');
      expect(state).to.have.nested.property('error.reason', 'provider-config');
    });
  }

  it('fails when a redirect does not leave the page', async () => {
    const element = begin({ loading: 'manual', requestToken: requestTokenFor('redirect') });
    element.load();
    for (const _ of ['the first attempt', 'the automatic second attempt']) {
      await comesTo(element, 'initializing');
      await pass(readyLimit + 5_000);
    }
    expect(await reaches(element, 'failed')).to.have.nested.property('error.reason', 'timeout');
  });

  it('opens a second element only after the first has ended', async () => {
    const first = begin();
    await comesTo(first, 'ready');
    const second = begin();
    expect(await comesTo(second, 'failed')).to.have.nested.property('error.reason', 'already-open');
    first.remove();
    second.retry();
    await comesTo(second, 'ready');
  });

  it('confirms a result once that was in flight when a new attempt started, although the new form receives it too', async () => {
    const answered = deferred();
    const slow: StandIns['fetch'] = async (input, init) => {
      const request = new Request(input, init);
      const answer = await standIns.fetch(request);
      if (request.url.endsWith(framePaths.charge)) await answered.promise;
      return answer;
    };
    inUse.restore();
    inUse = useStandIns({ standIns: { ...standIns, fetch: slow }, faults: { izipay: { lateMessages: true } } });
    const requests = spy(window, 'fetch');
    const element = begin();
    await comesTo(element, 'ready');
    payWithCard(element, izipayCards.approved);
    element.credentials = 'include';
    await element.updateComplete;
    await comesTo(element, 'ready');
    expect(element.state.attempt).to.equal(2);
    const states = statesOf(element);
    answered.resolve();
    expect(await comesTo(element, 'succeeded')).to.include({ attempt: 1, confirmed: true });
    expect(states).to.deep.equal(['confirming', 'succeeded']);
    expect(requests.callCount).to.equal(1);
  });

  it('ignores a forged result, and accepts the real one', async () => {
    const element = begin();
    await comesTo(element, 'ready');
    const data = { key: 'IZIPAY_EVENT_RESPONSE', data: { code: '00', payloadHttp: '{}', signature: 'AAAA' } };
    window.dispatchEvent(new MessageEvent('message', { data, origin: 'https://ads.example.com' }));
    window.postMessage(data);
    await settled();
    expect(element.status).to.equal('ready');
    payWithCard(element, izipayCards.approved);
    await comesTo(element, 'succeeded');
  });
});
