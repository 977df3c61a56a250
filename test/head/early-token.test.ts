import { expect } from '@open-wc/testing';
import { restore, stub, type SinonFakeTimers, type SinonStub } from 'sinon';
import { isFresh } from '../../src/endpoint/freshness.js';
import { canonicalToken } from '../../src/endpoint/canonical-token.js';
import type { Provider } from '../../src/providers/provider.js';
import { payme } from '../../src/providers/payme/browser/adapter.js';
import { requestToken, createToken, type Token, type TokenOptions } from '../../src/endpoint/request-token.js';
import { fakeClock } from '../support/clock.js';
import { answer, endpoint, failure, finished, readRequest, secret } from '../support/endpoint.js';
import { runHead } from '../support/head.js';

const provider = { ...payme, token: canonicalToken, lifetime: 600 } as Provider;
const body = { provider: 'made-up', environment: 'sandbox', order: 'A-1001' };
const bodyWithFallback = { ...body, fallback: true as const };
const attributes = { ...body, tokenEndpoint: endpoint.href };

async function requestByTag(overrides: Partial<TokenOptions> = {}): Promise<Token> {
  const { signal } = new AbortController();
  const options = { endpoint, body, credentials: 'same-origin' as const, attempt: 1, signal, ...overrides };
  return createToken(await requestToken(options), provider, body);
}

let clock: SinonFakeTimers;
let fetched: SinonStub;
let warned: SinonStub;
beforeEach(() => {
  clock = fakeClock();
  fetched = stub(window, 'fetch').callsFake(() => Promise.resolve(answer({ token: secret })));
  warned = stub(console, 'warn');
});
afterEach(() => {
  delete window.payCheckoutToken;
  restore();
});

/** Reads the parts of a request that the endpoint sees. */
async function describeRequest(request: Request): Promise<object> {
  const { method, url, credentials, cache, mode, redirect } = request;
  return { method, url, credentials, cache, mode, redirect, headers: [...request.headers], body: await request.text() };
}

describe('earlyTokenScript', () => {
  for (const [fact, given, wanted] of [
    ['with an order', attributes, { body }],
    ['without one', { ...attributes, order: undefined }, { body: { provider: 'made-up', environment: 'sandbox' } }],
    ['in production', { ...attributes, environment: undefined }, { body: { ...body, environment: 'production' } }],
    ['with a fallback', { ...attributes, fallback: 'payroc izipay' }, { body: bodyWithFallback }],
    ['with the provider itself as its fallback', { ...attributes, fallback: ' made-up, ' }, { body }],
    ['with credentials', { ...attributes, credentials: 'include' }, { credentials: 'include' as const }],
  ] as const) {
    it(`sends the same request as the tag, ${fact}`, async () => {
      await requestByTag(wanted);
      runHead(given);
      expect(fetched.callCount).to.equal(2);
      const [byTag, byHead] = [readRequest(fetched, 0), readRequest(fetched, 1)];
      expect(await describeRequest(byHead)).to.deep.equal(await describeRequest(byTag));
    });

    it(`gives the tag its token, so that the tag sends no request, ${fact}`, async () => {
      runHead(given);
      expect((await requestByTag(wanted)).value).to.equal(secret);
      expect(fetched.callCount).to.equal(1);
      expect(warned.called).to.be.false;
    });
  }

  it('accepts an endpoint that is relative to the page', async () => {
    runHead({ ...attributes, tokenEndpoint: '/api/pay/token' });
    await requestByTag({ endpoint: new URL('/api/pay/token', document.baseURI) });
    expect(fetched.callCount).to.equal(1);
  });

  it('gives its token to one tag only', async () => {
    runHead(attributes);
    await requestByTag();
    expect('payCheckoutToken' in window).to.be.false;
    await requestByTag();
    expect(fetched.callCount).to.equal(2);
  });

  it('sends one request, even if the page has the script twice', () => {
    runHead(attributes);
    runHead(attributes);
    expect(fetched.callCount).to.equal(1);
  });

  it('passes on the time of its request as the age of the token', async () => {
    const began = performance.now();
    fetched.callsFake(() => Promise.resolve(answer({ token: secret, expiresIn: 9 })));
    runHead(attributes);
    await clock.tickAsync(8_000);
    const token = await requestByTag();
    expect(token.requestedAt.monotonic).to.equal(began);
    expect(isFresh(token)).to.be.false;
  });

  it('drops the token after 10 s, because the order may have changed', async () => {
    runHead(attributes);
    await clock.tickAsync(9_999);
    expect('payCheckoutToken' in window).to.be.true;
    await clock.tickAsync(1);
    expect('payCheckoutToken' in window).to.be.false;
    await requestByTag();
    expect(fetched.callCount).to.equal(2);
  });

  it('drops the token after 10 s of sleep of the machine', async () => {
    runHead(attributes);
    clock.setSystemTime(Date.now() + 10_001);
    await requestByTag();
    expect(fetched.callCount).to.equal(2);
  });

  it('warns the developer when no tag used the token, without quoting a value', async () => {
    runHead(attributes);
    await clock.tickAsync(10_000);
    expect(warned.args.flat()).to.deep.equal([
      'pay-checkout: no tag used the token that the head of this page requested. Give the script the data- attributes of the tag, and put the tag into the HTML of the page.',
    ]);
  });

  it('does not warn when a tag used the token', async () => {
    runHead(attributes);
    await requestByTag();
    await clock.tickAsync(20_000);
    expect(warned.called).to.be.false;
  });

  it('keeps a second token for its own 10 s', async () => {
    runHead(attributes);
    await requestByTag();
    await clock.tickAsync(5_000);
    runHead(attributes);
    await clock.tickAsync(5_000);
    expect('payCheckoutToken' in window).to.be.true;
    expect(warned.called).to.be.false;
  });

  for (const status of [400, 401, 403, 404, 422]) {
    it(`lets the tag send a new request after a ${status}, because the visitor may have been let in since`, async () => {
      fetched.onFirstCall().callsFake(() => Promise.resolve(answer('', { status })));
      runHead(attributes);
      const tries: number[] = [];
      expect((await requestByTag({ onTry: (n) => tries.push(n) })).value).to.equal(secret);
      expect([tries, fetched.callCount]).to.deep.equal([[1], 2]);
    });
  }

  it('sends no request on an insecure page, as the tag would not', () => {
    stub(window, 'isSecureContext').get(() => false);
    runHead(attributes);
    expect(fetched.called).to.be.false;
  });

  for (const [fact, overrides] of [
    ['a fallback', { body: bodyWithFallback }],
    ['another order', { body: { ...body, order: 'A-1002' } }],
    ['another address', { endpoint: new URL('https://shop.example/other') }],
    ['other credentials', { credentials: 'omit' as const }],
  ] as const) {
    it(`keeps the token for its own tag instead of a tag with ${fact}`, async () => {
      runHead(attributes);
      await requestByTag(overrides);
      expect(fetched.callCount).to.equal(2);
      await requestByTag();
      expect(fetched.callCount).to.equal(2);
      expect(warned.called).to.be.false;
    });
  }

  it('keeps the token when the page has requestToken, whose headers the early request lacks', async () => {
    runHead(attributes);
    await requestByTag({ requestToken: () => Promise.resolve({ token: 'its own' }) });
    expect(fetched.callCount).to.equal(1);
    expect('payCheckoutToken' in window).to.be.true;
  });

  for (const [fact, fail] of [
    ['could not be reached', () => Promise.reject(new TypeError(secret))],
    ['answered 503', () => Promise.resolve(answer('', { status: 503 }))],
    ['broke off', () => Promise.resolve(createBrokenResponse())],
  ] as const) {
    it(`counts as the first of three tries when the endpoint ${fact}`, async () => {
      fetched.onFirstCall().callsFake(fail);
      runHead(attributes);
      const tries: number[] = [];
      const token = await finished(requestByTag({ onTry: (n) => tries.push(n) }));
      expect(token.value).to.equal(secret);
      expect(tries).to.deep.equal([1, 2]);
      expect(fetched.callCount).to.equal(2);
    });

    it(`lets the tag fail as usual when the endpoint always ${fact}`, async () => {
      fetched.callsFake(fail);
      runHead(attributes);
      expect(await failure(finished(requestByTag()))).to.include({ code: 'endpoint', retryable: true });
      expect(fetched.callCount).to.equal(3);
    });
  }

  it('is subject to the usual timeout', async () => {
    fetched.onFirstCall().callsFake(() => new Promise(() => {}));
    runHead(attributes);
    const token = requestByTag();
    await clock.tickAsync(16_000);
    expect((await finished(token)).value).to.equal(secret);
    expect(fetched.callCount).to.equal(2);
  });

  it('leaves no unhandled rejection when no tag uses the token', async () => {
    let unhandled = 0;
    const count = () => (unhandled += 1);
    window.addEventListener('unhandledrejection', count);
    fetched.callsFake(() => Promise.reject(new TypeError('Failed to fetch')));
    runHead(attributes);
    await clock.tickAsync(20_000);
    window.removeEventListener('unhandledrejection', count);
    expect(unhandled).to.equal(0);
  });
});

/** Creates a response whose body breaks off. */
function createBrokenResponse(): Response {
  const stream = new ReadableStream({ pull: (controller) => controller.error(new TypeError(secret)) });
  return new Response(stream, { headers: { 'Content-Type': 'application/json' } });
}
