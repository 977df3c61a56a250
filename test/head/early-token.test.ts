import { expect } from '@open-wc/testing';
import { restore, stub, type SinonFakeTimers, type SinonStub } from 'sinon';
import { isFresh } from '../../src/endpoint/freshness.js';
import { canonicalToken } from '../../src/endpoint/canonical-token.js';
import type { Provider } from '../../src/providers/provider.js';
import { payme } from '../../src/providers/payme/browser/adapter.js';
import { requestToken, createToken, type Token, type TokenOptions } from '../../src/endpoint/request-token.js';
import { fakeClock } from '../support/clock.js';
import { answer, endpoint, failure, finished, secret } from '../support/endpoint.js';
import { runHead } from '../support/head.js';

const provider = { ...payme, token: canonicalToken, lifetime: 600 } as Provider;
const body = { provider: 'made-up', environment: 'sandbox', order: 'A-1001' };
const attributes = { ...body, tokenEndpoint: endpoint.href };

async function ask(overrides: Partial<TokenOptions> = {}): Promise<Token> {
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

/** What a request says to the endpoint. */
async function saidBy(request: Request): Promise<object> {
  const { method, url, credentials, cache, mode, redirect } = request;
  return { method, url, credentials, cache, mode, redirect, headers: [...request.headers], body: await request.text() };
}

describe('the token that the head of the page asked for', () => {
  for (const [fact, given, wanted] of [
    ['with an order', attributes, { body }],
    ['without one', { ...attributes, order: undefined }, { body: { provider: 'made-up', environment: 'sandbox' } }],
    ['in production', { ...attributes, environment: undefined }, { body: { ...body, environment: 'production' } }],
    ['with credentials', { ...attributes, credentials: 'include' }, { credentials: 'include' as const }],
  ] as const) {
    it(`is asked for just as the tag would, ${fact}`, async () => {
      await ask(wanted);
      runHead(given);
      expect(fetched.callCount).to.equal(2);
      const [byTag, byHead] = fetched.args.flat() as [Request, Request];
      expect(await saidBy(byHead)).to.deep.equal(await saidBy(byTag));
    });

    it(`is what the tag goes on with, and no other is asked for, ${fact}`, async () => {
      runHead(given);
      expect((await ask(wanted)).value).to.equal(secret);
      expect(fetched.callCount).to.equal(1);
      expect(warned.called).to.be.false;
    });
  }

  it('is asked for at an address that is relative to the page', async () => {
    runHead({ ...attributes, tokenEndpoint: '/api/pay/token' });
    await ask({ endpoint: new URL('/api/pay/token', document.baseURI) });
    expect(fetched.callCount).to.equal(1);
  });

  it('is used once: whoever comes next asks for another', async () => {
    runHead(attributes);
    await ask();
    expect('payCheckoutToken' in window).to.be.false;
    await ask();
    expect(fetched.callCount).to.equal(2);
  });

  it('is asked for once, however often its lines stand in the page', () => {
    runHead(attributes);
    runHead(attributes);
    expect(fetched.callCount).to.equal(1);
  });

  it('is as old as its request', async () => {
    const began = performance.now();
    fetched.callsFake(() => Promise.resolve(answer({ token: secret, expiresIn: 9 })));
    runHead(attributes);
    await clock.tickAsync(8_000);
    const token = await ask();
    expect(token.requestedAt.monotonic).to.equal(began);
    expect(isFresh(token)).to.be.false;
  });

  it('is not given to a tag that comes 10 s later: the order may be another by then', async () => {
    runHead(attributes);
    await clock.tickAsync(9_999);
    expect('payCheckoutToken' in window).to.be.true;
    await clock.tickAsync(1);
    expect('payCheckoutToken' in window).to.be.false;
    await ask();
    expect(fetched.callCount).to.equal(2);
  });

  it('is not given to a tag that comes after the machine has slept, either', async () => {
    runHead(attributes);
    clock.setSystemTime(Date.now() + 10_001);
    await ask();
    expect(fetched.callCount).to.equal(2);
  });

  it('is told of to the developer where no tag took it, without a value', async () => {
    runHead(attributes);
    await clock.tickAsync(10_000);
    expect(warned.args.flat()).to.deep.equal([
      'pay-checkout: no tag took the token that the head of this page asked for. The data- attributes should be as those of the tag, and the tag in the page from the beginning.',
    ]);
  });

  it('is not told of where a tag took it', async () => {
    runHead(attributes);
    await ask();
    await clock.tickAsync(20_000);
    expect(warned.called).to.be.false;
  });

  it('has its own 10 s, whatever the page asked for before', async () => {
    runHead(attributes);
    await ask();
    await clock.tickAsync(5_000);
    runHead(attributes);
    await clock.tickAsync(5_000);
    expect('payCheckoutToken' in window).to.be.true;
    expect(warned.called).to.be.false;
  });

  for (const status of [400, 401, 403, 404, 422]) {
    it(`is asked for anew where it was answered with ${status}: the visitor may have been let in since`, async () => {
      fetched.onFirstCall().callsFake(() => Promise.resolve(answer('', { status })));
      runHead(attributes);
      const tries: number[] = [];
      expect((await ask({ onTry: (n) => tries.push(n) })).value).to.equal(secret);
      expect([tries, fetched.callCount]).to.deep.equal([[1], 2]);
    });
  }

  it('is not asked for where the page is not secure, as the tag would not ask either', () => {
    stub(window, 'isSecureContext').get(() => false);
    runHead(attributes);
    expect(fetched.called).to.be.false;
  });

  for (const [fact, overrides] of [
    ['another order', { body: { ...body, order: 'A-1002' } }],
    ['another address', { endpoint: new URL('https://shop.example/other') }],
    ['other credentials', { credentials: 'omit' as const }],
  ] as const) {
    it(`is not given to a tag with ${fact}, and waits for its own`, async () => {
      runHead(attributes);
      await ask(overrides);
      expect(fetched.callCount).to.equal(2);
      await ask();
      expect(fetched.callCount).to.equal(2);
      expect(warned.called).to.be.false;
    });
  }

  it('is not given to a page that asks by a function of its own, whose header it would lack', async () => {
    runHead(attributes);
    await ask({ requestToken: () => Promise.resolve({ token: 'its own' }) });
    expect(fetched.callCount).to.equal(1);
    expect('payCheckoutToken' in window).to.be.true;
  });

  for (const [fact, fail] of [
    ['could not be reached', () => Promise.reject(new TypeError(secret))],
    ['answered 503', () => Promise.resolve(answer('', { status: 503 }))],
    ['broke off', () => Promise.resolve(brokenOff())],
  ] as const) {
    it(`counts as the first of three tries where the endpoint ${fact}`, async () => {
      fetched.onFirstCall().callsFake(fail);
      runHead(attributes);
      const tries: number[] = [];
      const token = await finished(ask({ onTry: (n) => tries.push(n) }));
      expect(token.value).to.equal(secret);
      expect(tries).to.deep.equal([1, 2]);
      expect(fetched.callCount).to.equal(2);
    });

    it(`is told as ever where the endpoint always ${fact}`, async () => {
      fetched.callsFake(fail);
      runHead(attributes);
      expect(await failure(finished(ask()))).to.include({ code: 'endpoint', retryable: true });
      expect(fetched.callCount).to.equal(3);
    });
  }

  it('is waited for no longer than another', async () => {
    fetched.onFirstCall().callsFake(() => new Promise(() => {}));
    runHead(attributes);
    const asked = ask();
    await clock.tickAsync(16_000);
    expect((await finished(asked)).value).to.equal(secret);
    expect(fetched.callCount).to.equal(2);
  });

  it('leaves no rejection behind that nobody handles, where no tag takes it', async () => {
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

/** An answer whose body does not arrive. */
function brokenOff(): Response {
  const stream = new ReadableStream({ pull: (controller) => controller.error(new TypeError(secret)) });
  return new Response(stream, { headers: { 'Content-Type': 'application/json' } });
}
