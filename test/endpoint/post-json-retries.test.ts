import { expect } from '@open-wc/testing';
import { restore, stub, type SinonFakeTimers, type SinonStub } from 'sinon';
import { fakeClock } from '../support/clock.js';
import { failure, finished, secret } from '../support/endpoint.js';
import { brokenBody, networkError, noResponse, respond, ScriptedEndpoint, success, type Reply } from './scripted-endpoint.js';

const date = 'Mon, 04 May 2026 12:00:00 GMT';
const address = 'https://shop.example/api/pay';
const problem = { 'Content-Type': 'application/problem+json' };

let clock: SinonFakeTimers;
let random: SinonStub;
beforeEach(() => {
  clock = fakeClock();
  // The shortest delays: 200 ms, then 400 ms.
  random = stub(Math, 'random').returns(0);
});
afterEach(() => restore());

describe('postJson', () => {
  const retried: [string, Reply][] = [
    ['a network error', networkError],
    ['429', respond(429)],
    ['500', respond(500)],
    ['502 with HTML', respond(502, { 'Content-Type': 'text/html' })],
    ['503', respond(503)],
    ['504 with an empty body', () => new Response(null, { status: 504 })],
    ['a body that breaks off', brokenBody('breaks')],
    ['a retryable problem', respond(503, problem, { type: 'busy', retryable: true })],
    ['a problem without `retryable`', respond(503, problem, { type: 'busy' })],
    ['a problem that is null', respond(503, problem, 'null')],
    ['a problem that is not JSON', respond(503, problem, '<html>')],
    ['`"retryable": false` outside of problem+json', respond(503, {}, { retryable: false })],
  ];
  for (const [cause, reply] of retried) {
    it(`retries after ${cause}, with a delay that doubles`, async () => {
      const server = new ScriptedEndpoint(reply, reply, success);
      expect(await finished(server.post())).to.deep.equal({ json: { token: secret } });
      expect(server.times).to.deep.equal([0, 200, 600]);
      expect(server.tries).to.deep.equal([1, 2, 3]);
    });
  }

  it('waits a random time between half of the delay and all of it', async () => {
    random.returns(1);
    const server = new ScriptedEndpoint(networkError, networkError, success);
    await finished(server.post());
    expect(server.times).to.deep.equal([0, 400, 1_200]);
  });

  const repeated: [string, Reply, reason: string, message: RegExp][] = [
    [
      'network errors',
      networkError,
      'unreachable',
      /^The token endpoint https:\/\/shop\.example\/api\/pay cannot be reached: .*CORS headers\.$/,
    ],
    ['429', respond(429), 'http', /answered 429/],
    ['500', respond(500), 'http', /^The token endpoint https:\/\/shop\.example\/api\/pay answered 500: see its log\.$/],
  ];
  for (const [cause, reply, reason, message] of repeated) {
    it(`fails after three tries that end in ${cause}`, async () => {
      const server = new ScriptedEndpoint(reply);
      const error = await failure(finished(server.post()));
      expect(error).to.include({ name: 'CheckoutError', code: 'endpoint', reason, retryable: true });
      expect(error.message).to.match(message);
      expect(server.times).to.have.length(3);
    });
  }

  it('fails after two tries that end in a problem of `pay-checkout/server`, which retries itself', async () => {
    const server = new ScriptedEndpoint(respond(503, problem, { type: 'urn:pay-checkout:problem:upstream-busy', retryable: true }));
    const error = await failure(finished(server.post()));
    expect(error).to.include({ code: 'endpoint', reason: 'http', retryable: true });
    expect(server.times).to.have.length(2);
  });

  it('fails with reason `offline` while the browser is offline', async () => {
    stub(Navigator.prototype, 'onLine').get(() => false);
    const error = await failure(finished(new ScriptedEndpoint(networkError).post()));
    expect(error).to.include({ code: 'endpoint', reason: 'offline', retryable: true });
    expect(error.message).to.equal('The token endpoint cannot be reached: the browser is offline.');
  });

  it('fails with reason `unreachable` when the network refuses the connection', async () => {
    const server = new ScriptedEndpoint(success);
    const closedPort = new URL('http://127.0.0.1:9/token');
    const error = await failure(finished(server.post({ endpoint: closedPort, send: (request) => fetch(request) })));
    expect(error).to.include({ code: 'endpoint', reason: 'unreachable' });
  });

  describe('when the endpoint does not respond', () => {
    const endless: [string, Reply][] = [
      ['the response is missing', noResponse],
      ['its body does not end', brokenBody('hangs')],
    ];
    for (const [condition, reply] of endless) {
      it(`fails after three tries of 15 s if ${condition}`, async () => {
        const server = new ScriptedEndpoint(reply);
        const failing = failure(server.post());
        await clock.tickAsync(3 * 16_000);
        const error = await failing;
        expect(error).to.include({ code: 'endpoint', reason: 'timeout', retryable: true });
        expect(error.message).to.equal(`The token endpoint ${address} did not answer within 15 s.`);
        expect(server.times).to.deep.equal([0, 15_200, 30_600]);
        expect(server.requests.every(({ signal }) => signal.aborted)).to.be.true;
      });
    }

    it('returns the response to the second try', async () => {
      const server = new ScriptedEndpoint(noResponse, success);
      const response = server.post();
      await clock.tickAsync(15_200);
      expect(await response).to.have.property('json');
      expect(server.times).to.deep.equal([0, 15_200]);
    });

    it('returns a response that arrives just before the timeout', async () => {
      const server = new ScriptedEndpoint(() => new Promise((resolve) => void setTimeout(() => resolve({ token: 1 }), 14_999)));
      const response = server.post();
      await clock.tickAsync(14_999);
      expect(await response).to.deep.equal({ json: { token: 1 } });
      expect(server.times).to.have.length(1);
    });
  });

  describe('when the endpoint requests a delay', () => {
    const waits: [string, Reply, times: number[]][] = [
      ['waits for the seconds in Retry-After', respond(429, { 'Retry-After': '7' }), [0, 7_000, 14_000]],
      ['waits for up to 10 s', respond(503, { 'Retry-After': '10' }), [0, 10_000, 20_000]],
      [
        'waits until the date in Retry-After',
        respond(503, { 'Retry-After': 'Mon, 04 May 2026 12:00:03 GMT', Date: date }),
        [0, 3_000, 6_000],
      ],
      ['waits for its own delay if that is longer', respond(429, { 'Retry-After': '0' }), [0, 200, 600]],
      ['does not retry if the delay is longer than 10 s', respond(429, { 'Retry-After': '11' }), [0]],
    ];
    for (const [title, reply, times] of waits) {
      it(title, async () => {
        const server = new ScriptedEndpoint(reply);
        const error = await failure(finished(server.post(), 10_000));
        expect(error).to.include({ code: 'endpoint', reason: 'http', retryable: true });
        expect(server.times).to.deep.equal(times);
      });
    }
  });
});
