import { expect, fixture } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import { diagnose, type Diagnosis } from '../../src/element/diagnose.js';
import { CheckoutError } from '../../src/state/errors.js';
import type { PayCheckout } from '../../src/index.js';
import type { Token } from '../../src/endpoint/request-token.js';
import { register } from '../../src/provider.js';
import { createResult, type CheckoutState } from '../../src/state/state.js';
import { version } from '../../src/shared/version.js';
import { fakeClock } from '../support/clock.js';
import { secret } from '../support/endpoint.js';
import { checkout, goodToken, ready } from '../support/element.js';
import { registerMadeUp } from '../support/made-up.js';

const idle: CheckoutState = { status: 'idle', attempt: 0 };
const withoutBox = 'The element is not rendered, as in a closed dialog.';
const withoutOutcome = 'Without `outcome-endpoint`, no backend confirms payments.';

function createShownElement(properties: Partial<PayCheckout> = {}): Promise<HTMLElement> {
  return fixture(Object.assign(document.createElement('div'), { textContent: 'form', ...properties }));
}

function expectPlain(diagnosis: Diagnosis): Diagnosis {
  const json = JSON.stringify(diagnosis);
  expect(json).not.to.include(secret);
  expect(JSON.parse(json)).to.deep.equal(diagnosis);
  return diagnosis;
}

describe('diagnose', () => {
  afterEach(() => restore());

  it('returns a plain object with version, status, attempts, providers and assets', async () => {
    register('diagnosed', {} as never);
    const diagnosis = expectPlain(diagnose(await createShownElement(), { state: { status: 'loading', attempt: 4 } }));
    expect(diagnosis).to.deep.include({ version, status: 'loading', attempts: 4, assets: [] });
    expect(diagnosis.providers).to.include.members(['payme', 'diagnosed']);
    expect(diagnosis).not.to.have.any.keys('error', 'token');
  });

  it('reports the provider of the last attempt, which may be a fallback', async () => {
    const diagnosis = expectPlain(diagnose(await createShownElement(), { state: { status: 'loading', attempt: 2, provider: 'payroc' } }));
    expect(diagnosis).to.include({ provider: 'payroc' });
  });

  it('reports attributes and properties, without the order, the config and the secrets of URLs', async () => {
    const element = await checkout({
      provider: registerMadeUp().name,
      tokenEndpoint: `https://user:${secret}@shop.example/token?order=${secret}#${secret}`,
      outcomeEndpoint: '/outcome',
      order: secret,
      config: { secret },
      loading: 'manual',
      fallback: 'payme',
    });
    element.setAttribute('locale', 'en');
    expect(expectPlain(element.diagnose()).attributes).to.deep.equal({
      ...{
        provider: element.provider,
        fallback: 'payme',
        environment: 'sandbox',
        'outcome-endpoint': '/outcome',
        locale: 'en',
        loading: 'manual',
      },
      ...{ 'token-endpoint': 'https://shop.example/token', credentials: 'same-origin' },
    });
    expect(expectPlain(element.diagnose()).hints).to.deep.equal([]);
  });

  it('reports age, lifetime and freshness of the newest token, in seconds', async () => {
    const clock = fakeClock();
    const token = { value: secret, requestedAt: { monotonic: performance.now(), wall: Date.now() }, lifetime: 30_000 };
    clock.tick(24_000);
    const element = await createShownElement();
    expect(expectPlain(diagnose(element, { state: idle, token })).token).to.deep.equal({ age: 24, lifetime: 30, fresh: true });
    clock.tick(1_000);
    expect(diagnose(element, { state: idle, token }).token).to.deep.equal({ age: 25, lifetime: 30, fresh: false });
  });

  it('reports lifetime and freshness of the token of a ready element, without its value', async () => {
    const element = await ready(registerMadeUp(), { requestToken: () => Promise.resolve({ token: secret, expiresIn: 30 }) });
    const diagnosis = expectPlain(element.diagnose());
    expect(diagnosis).to.include({ status: 'ready', attempts: 1 });
    expect(diagnosis.token).to.include({ lifetime: 30, fresh: true });
  });

  it('omits the token and the order of a ready element', async () => {
    const madeUp = registerMadeUp();
    const element = await ready(madeUp, { order: 'A-1' });
    const diagnosis = element.diagnose();
    expect(diagnosis).to.deep.include({ status: 'ready', attempts: 1 });
    expect(diagnosis.token satisfies Partial<Token> | undefined).to.have.all.keys('age', 'lifetime', 'fresh');
    expect(JSON.stringify(diagnosis)).to.not.contain(goodToken.token).and.not.contain('A-1');
  });

  it('reports the error without its cause', async () => {
    const error = new CheckoutError('token', 'provider', 'A sentence.', { cause: new Error(secret) });
    const diagnosis = expectPlain(diagnose(await createShownElement(), { state: { status: 'failed', attempt: 1, error } }));
    expect(diagnosis.error).to.deep.equal({ code: 'token', reason: 'provider', retryable: true, message: 'A sentence.' });
  });

  it('reports the outcome that the backend confirmed, without the result', async () => {
    const result = createResult({ provider: 'payroc', reference: secret, singleUseToken: secret, raw: { secret } });
    const report = async (state: CheckoutState) => expectPlain(diagnose(await createShownElement(), { state }));
    const confirmed = await report({ status: 'succeeded', attempt: 1, result, confirmed: true, outcome: 'authorized' });
    expect(confirmed).to.include({ status: 'succeeded', outcome: 'authorized' });
    expect(await report({ status: 'succeeded', attempt: 1, result, confirmed: false })).to.not.have.property('outcome');
    const pending = await report({ status: 'pending', attempt: 1, result, instructions: { cip: secret } });
    expect(pending).to.include({ status: 'pending' }).and.not.have.property('outcome');
  });

  it('reports an error that has no reason', async () => {
    const error = new CheckoutError('declined', undefined, 'A sentence.');
    const diagnosis = expectPlain(diagnose(await createShownElement(), { state: { status: 'failed', attempt: 1, error } }));
    expect(diagnosis.error).to.deep.equal({ code: 'declined', retryable: true, message: 'A sentence.' });
  });

  it('hints at a missing outcome endpoint, unless the property is set', async () => {
    expect(diagnose(await createShownElement(), { state: idle }).hints).to.deep.equal([withoutOutcome]);
    expect(diagnose(await createShownElement({ outcomeEndpoint: '/outcome' }), { state: idle }).hints).to.deep.equal([]);
  });

  it('hints at an element without a box', async () => {
    const element = await createShownElement({ outcomeEndpoint: '/outcome' });
    element.hidden = true;
    expect(diagnose(element, { state: idle }).hints).to.deep.equal([withoutBox]);
  });

  it('hints at a browser that is offline and at a page in the background', async () => {
    const element = await createShownElement({ outcomeEndpoint: '/outcome' });
    stub(Navigator.prototype, 'onLine').get(() => false);
    stub(Document.prototype, 'hidden').get(() => true);
    expect(diagnose(element, { state: idle }).hints).to.deep.equal(['The browser is offline.', 'The page is in the background.']);
  });
});
