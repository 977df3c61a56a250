import { expect } from '@open-wc/testing';
import { restore, stub, type SinonFakeTimers, type SinonStub } from 'sinon';
import { postJson, type JsonResponse, type Post } from '../../src/endpoint/post-json.js';
import { fakeClock } from '../support/clock.js';
import { answer, endpoint, failure, finished, secret } from '../support/endpoint.js';

const date = 'Mon, 04 May 2026 12:00:00 GMT';
const place = 'https://shop.example/api/pay';
const problem = { 'Content-Type': 'application/problem+json' };

/** What the endpoint does at one try; the last of several goes on. */
type Reply = () => Response | object | Promise<Response | object>;

const down: Reply = () => Promise.reject(new TypeError(`Failed to fetch ${secret}`));
const hang: Reply = () => new Promise<Response>(() => {});
const status = (code: number, headers: Record<string, string> = {}, body: unknown = secret) =>
  (() => answer(body, { status: code, headers })) as Reply;
const good: Reply = () => answer({ token: secret });

/** A body that begins and never ends, or breaks off. */
function broken(how: 'hangs' | 'breaks'): Reply {
  return () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(`{"token": "${secret}"`));
          if (how === 'breaks') controller.error(new Error(secret));
        },
      }),
    );
}

class Endpoint {
  readonly requests: Request[] = [];
  readonly times: number[] = [];
  readonly tries: number[] = [];
  readonly controller = new AbortController();
  readonly #began = Date.now();
  readonly #replies: Reply[];

  constructor(...replies: Reply[]) {
    this.#replies = replies;
  }

  post(overrides: Partial<Post> = {}): Promise<JsonResponse> {
    return postJson({
      name: 'token endpoint',
      endpoint,
      body: { order: 'A-1' },
      credentials: 'same-origin',
      signal: this.controller.signal,
      send: (request) => this.#send(request),
      onTry: (n) => this.tries.push(n),
      ...overrides,
    });
  }

  /** Milliseconds since the first request. */
  get elapsed(): number {
    return Date.now() - this.#began;
  }

  #send(request: Request): Promise<Response | object> {
    this.requests.push(request);
    this.times.push(this.elapsed);
    const reply = this.#replies[Math.min(this.requests.length, this.#replies.length) - 1];
    return Promise.resolve(reply!());
  }
}

let clock: SinonFakeTimers;
let random: SinonStub;
beforeEach(() => {
  clock = fakeClock();
  // The shortest waits: 200 ms, then 400 ms.
  random = stub(Math, 'random').returns(0);
});
afterEach(() => restore());

describe('a request to an endpoint', () => {
  it('is a POST of JSON that asks for JSON and for no cache', async () => {
    const shop = new Endpoint(good);
    await shop.post({ credentials: 'include' });
    const [request] = shop.requests as [Request];
    expect(request).to.include({ method: 'POST', url: endpoint.href, cache: 'no-store', credentials: 'include' });
    expect(Object.fromEntries(request.headers)).to.deep.equal({ accept: 'application/json', 'content-type': 'application/json' });
    expect(await request.json()).to.deep.equal({ order: 'A-1' });
  });

  for (const code of [200, 201]) {
    it(`is answered with ${code} and JSON`, async () => {
      expect(await new Endpoint(status(code, {}, { token: 1 })).post()).to.deep.equal({ json: { token: 1 } });
    });
  }

  it("tells the answer's own date", async () => {
    expect(await new Endpoint(status(200, { Date: date }, {})).post()).to.deep.equal({ json: {}, answeredAt: Date.parse(date) });
  });

  it('makes do without a date that cannot be read', async () => {
    expect(await new Endpoint(status(200, { Date: 'today' }, {})).post()).to.deep.equal({ json: {} });
  });

  it('takes an object that is no Response for the JSON of an answer', async () => {
    expect(await new Endpoint(() => ({ token: 1 })).post()).to.deep.equal({ json: { token: 1 } });
  });

  it('needs nobody who counts the tries', async () => {
    expect(await new Endpoint(good).post({ onTry: undefined })).to.have.property('json');
  });
});

describe('a request that fails', () => {
  const mended: [string, Reply][] = [
    ['a network error', down],
    ['429', status(429)],
    ['500', status(500)],
    ['502 with HTML', status(502, { 'Content-Type': 'text/html' })],
    ['503', status(503)],
    ['504 with nothing', () => new Response(null, { status: 504 })],
    ['a body that breaks off', broken('breaks')],
    ['a problem that may pass', status(503, problem, { type: 'busy', retryable: true })],
    ['a problem that does not say', status(503, problem, { type: 'busy' })],
    ['a problem without an object', status(503, problem, 'null')],
    ['a problem that is not JSON', status(503, problem, '<html>')],
    ['`"retryable": false` in what is no problem+json', status(503, {}, { retryable: false })],
  ];
  for (const [fact, reply] of mended) {
    it(`is sent again after ${fact}, with a wait that doubles`, async () => {
      const shop = new Endpoint(reply, reply, good);
      expect(await finished(shop.post())).to.deep.equal({ json: { token: secret } });
      expect(shop.times).to.deep.equal([0, 200, 600]);
      expect(shop.tries).to.deep.equal([1, 2, 3]);
    });
  }

  it('waits at random between half and the whole of the wait', async () => {
    random.returns(1);
    const shop = new Endpoint(down, down, good);
    await finished(shop.post());
    expect(shop.times).to.deep.equal([0, 400, 1_200]);
  });

  const ended: [string, Reply, reason: string, sentence: RegExp][] = [
    ['network errors', down, 'unreachable', /^The token endpoint https:\/\/shop\.example\/api\/pay cannot be reached: .*CORS headers\.$/],
    ['429', status(429), 'http', /answered 429/],
    ['500', status(500), 'http', /^The token endpoint https:\/\/shop\.example\/api\/pay answered 500: see its log\.$/],
  ];
  for (const [fact, reply, reason, sentence] of ended) {
    it(`ends after three tries of ${fact}`, async () => {
      const shop = new Endpoint(reply);
      const error = await failure(finished(shop.post()));
      expect(error).to.include({ name: 'CheckoutError', code: 'endpoint', reason, retryable: true });
      expect(error.message).to.match(sentence);
      expect(shop.times).to.have.length(3);
    });
  }

  it('ends after two tries of what `pay-checkout/server` says, which has tried again by itself', async () => {
    const shop = new Endpoint(status(503, problem, { type: 'urn:pay-checkout:problem:upstream-busy', retryable: true }));
    const error = await failure(finished(shop.post()));
    expect(error).to.include({ code: 'endpoint', reason: 'http', retryable: true });
    expect(shop.times).to.have.length(2);
  });

  it('says that the browser is offline where it is', async () => {
    stub(Navigator.prototype, 'onLine').get(() => false);
    const error = await failure(finished(new Endpoint(down).post()));
    expect(error).to.include({ code: 'endpoint', reason: 'offline', retryable: true });
    expect(error.message).to.equal('The token endpoint cannot be reached: the browser is offline.');
  });

  it('is `unreachable` when the network itself refuses', async () => {
    const shop = new Endpoint(good);
    const nobody = new URL('http://127.0.0.1:9/token');
    const error = await failure(finished(shop.post({ endpoint: nobody, send: (request) => fetch(request) })));
    expect(error).to.include({ code: 'endpoint', reason: 'unreachable' });
  });
});

describe('a request that is never answered', () => {
  const endless: [string, Reply][] = [
    ['the answer does not come', hang],
    ['its body does not end', broken('hangs')],
  ];
  for (const [fact, reply] of endless) {
    it(`is given up after 15 s, three times, if ${fact}`, async () => {
      const shop = new Endpoint(reply);
      const failed = failure(shop.post());
      await clock.tickAsync(3 * 16_000);
      const error = await failed;
      expect(error).to.include({ code: 'endpoint', reason: 'timeout', retryable: true });
      expect(error.message).to.equal(`The token endpoint ${place} did not answer within 15 s.`);
      expect(shop.times).to.deep.equal([0, 15_200, 30_600]);
      expect(shop.requests.every(({ signal }) => signal.aborted)).to.be.true;
    });
  }

  it('may be answered at the second try', async () => {
    const shop = new Endpoint(hang, good);
    const answered = shop.post();
    await clock.tickAsync(15_200);
    expect(await answered).to.have.property('json');
    expect(shop.times).to.deep.equal([0, 15_200]);
  });

  it('is not given up a moment before', async () => {
    const shop = new Endpoint(() => new Promise((resolve) => void setTimeout(() => resolve({ token: 1 }), 14_999)));
    const answered = shop.post();
    await clock.tickAsync(14_999);
    expect(await answered).to.deep.equal({ json: { token: 1 } });
    expect(shop.times).to.have.length(1);
  });
});

describe('an endpoint that asks to wait', () => {
  const waits: [string, Reply, times: number[]][] = [
    ['is given the seconds that it asks for', status(429, { 'Retry-After': '7' }), [0, 7_000, 14_000]],
    ['is given 10 s', status(503, { 'Retry-After': '10' }), [0, 10_000, 20_000]],
    ['is given until its date', status(503, { 'Retry-After': 'Mon, 04 May 2026 12:00:03 GMT', Date: date }), [0, 3_000, 6_000]],
    ['is not asked sooner than otherwise', status(429, { 'Retry-After': '0' }), [0, 200, 600]],
    ['is not asked again for more than 10 s', status(429, { 'Retry-After': '11' }), [0]],
  ];
  for (const [fact, reply, times] of waits) {
    it(fact, async () => {
      const shop = new Endpoint(reply);
      const error = await failure(finished(shop.post(), 10_000));
      expect(error).to.include({ code: 'endpoint', reason: 'http', retryable: true });
      expect(shop.times).to.deep.equal(times);
    });
  }
});

describe('what no repetition can mend', () => {
  const session = 'access denied; check the session cookie, `credentials` and CSRF header';
  const refusals: [number, string][] = [
    [400, 'see its log'],
    [401, session],
    [403, session],
    [404, 'check the address, and that this order exists for this visitor'],
    [408, 'see its log'],
    [422, 'see its log'],
  ];
  for (const [code, hint] of refusals) {
    it(`${code} is asked once, even with Retry-After`, async () => {
      const shop = new Endpoint(status(code, { 'Retry-After': '1' }));
      const error = await failure(finished(shop.post()));
      expect(error).to.include({ code: 'token', reason: 'refused', retryable: false });
      expect(error.message).to.equal(`The token endpoint ${place} answered ${code}: ${hint}.`);
      expect(shop.times).to.have.length(1);
    });
  }

  for (const type of ['application/problem+json', 'Application/Problem+JSON; charset=utf-8']) {
    it(`${type} with "retryable": false is asked once`, async () => {
      const body = { type: 'upstream', detail: secret, retryable: false };
      const shop = new Endpoint(status(502, { 'Content-Type': type }, body));
      const error = await failure(finished(shop.post()));
      expect(error).to.include({ code: 'endpoint', reason: 'http', retryable: false });
      expect(shop.times).to.have.length(1);
    });
  }

  const bodies: [string, Reply, type: string][] = [
    ['HTML', status(200, { 'Content-Type': 'text/html; charset=utf-8' }, `<h1>${secret}</h1>`), 'text/html'],
    ['an empty body', () => new Response(null, { status: 204 }), 'no content type'],
    ['malformed JSON', status(200, {}, `{"token": "${secret}"`), 'application/json'],
    ['a bare word', status(200, {}, secret), 'application/json'],
    ['what is of no media type', status(200, { 'Content-Type': `text/${secret}${'x'.repeat(1_000)}` }, ''), 'no content type'],
  ];
  for (const [fact, reply, type] of bodies) {
    it(`${fact} is asked once, and not quoted`, async () => {
      const shop = new Endpoint(reply);
      const error = await failure(finished(shop.post()));
      expect(error).to.include({ code: 'token', reason: 'shape', retryable: false });
      expect(error.message).to.equal(`The token endpoint ${place} should answer with JSON, but answered ${type}.`);
      expect(error.cause).to.equal(undefined);
      expect(shop.times).to.have.length(1);
    });
  }
});

describe('a request that is no longer wanted', () => {
  it('is aborted, not sent again, and rejects with the reason', async () => {
    const shop = new Endpoint(hang);
    const asked = failure(shop.post());
    await clock.tickAsync(1_000);
    shop.controller.abort(new Error('gone'));
    expect((await asked).message).to.equal('gone');
    expect(shop.requests[0]?.signal.aborted).to.be.true;
    await clock.tickAsync(60_000);
    expect(shop.times).to.have.length(1);
    expect(clock.countTimers()).to.equal(0);
  });

  it('ends while it waits for the next try', async () => {
    const shop = new Endpoint(down);
    const asked = failure(shop.post());
    await clock.tickAsync(100);
    shop.controller.abort(new Error('gone'));
    expect((await asked).message).to.equal('gone');
    expect(clock.countTimers()).to.equal(0);
  });

  it('is never sent if it was unwanted from the start', async () => {
    const shop = new Endpoint(good);
    shop.controller.abort(new Error('gone'));
    expect((await failure(shop.post())).message).to.equal('gone');
    expect(shop.times).to.be.empty;
  });

  it('leaves no timer behind when it is answered', async () => {
    await new Endpoint(good).post();
    expect(clock.countTimers()).to.equal(0);
  });
});
