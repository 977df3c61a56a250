import { expect } from '@open-wc/testing';
import { restore, stub, type SinonFakeTimers } from 'sinon';
import { fakeClock } from '../support/clock.js';
import { endpoint, failure, finished, secret } from '../support/endpoint.js';
import { networkError, noResponse, respond, ScriptedEndpoint, success, type Reply } from './scripted-endpoint.js';

const date = 'Mon, 04 May 2026 12:00:00 GMT';
const address = 'https://shop.example/api/pay';

let clock: SinonFakeTimers;
beforeEach(() => {
  clock = fakeClock();
  // The shortest delays: 200 ms, then 400 ms.
  stub(Math, 'random').returns(0);
});
afterEach(() => restore());

describe('postJson', () => {
  it('posts JSON without a cache, and accepts JSON', async () => {
    const server = new ScriptedEndpoint(success);
    await server.post({ credentials: 'include' });
    const [request] = server.requests as [Request];
    expect(request).to.include({ method: 'POST', url: endpoint.href, cache: 'no-store', credentials: 'include' });
    expect(Object.fromEntries(request.headers)).to.deep.equal({ accept: 'application/json', 'content-type': 'application/json' });
    expect(await request.json()).to.deep.equal({ provider: 'payme', environment: 'sandbox', order: 'A-1' });
  });

  for (const code of [200, 201]) {
    it(`returns the JSON of a response with status ${code}`, async () => {
      expect(await new ScriptedEndpoint(respond(code, {}, { token: 1 })).post()).to.deep.equal({ json: { token: 1 } });
    });
  }

  it("returns the response's date", async () => {
    expect(await new ScriptedEndpoint(respond(200, { Date: date }, {})).post()).to.deep.equal({ json: {}, answeredAt: Date.parse(date) });
  });

  it('ignores a date that cannot be parsed', async () => {
    expect(await new ScriptedEndpoint(respond(200, { Date: 'today' }, {})).post()).to.deep.equal({ json: {} });
  });

  it('treats an object that is not a Response as the JSON of a response', async () => {
    expect(await new ScriptedEndpoint(() => ({ token: 1 })).post()).to.deep.equal({ json: { token: 1 } });
  });

  it('works without `onTry`', async () => {
    expect(await new ScriptedEndpoint(success).post({ onTry: undefined })).to.have.property('json');
  });

  it('leaves no timer after the response', async () => {
    await new ScriptedEndpoint(success).post();
    expect(clock.countTimers()).to.equal(0);
  });

  describe('when no retry can help', () => {
    const session = 'check the session cookie, `credentials` and CSRF header';
    const refusals: [number, string][] = [
      [400, 'see its log'],
      [401, session],
      [403, session],
      [404, 'check the address, and that this order exists for this visitor'],
      [408, 'see its log'],
      [422, 'see its log'],
    ];
    for (const [code, hint] of refusals) {
      it(`does not retry after ${code}, even with Retry-After`, async () => {
        const server = new ScriptedEndpoint(respond(code, { 'Retry-After': '1' }));
        const error = await failure(finished(server.post()));
        expect(error).to.include({ code: 'token', reason: 'refused', retryable: false });
        expect(error.message).to.equal(`The token endpoint ${address} answered ${code}: ${hint}.`);
        expect(server.times).to.have.length(1);
      });
    }

    for (const type of ['application/problem+json', 'Application/Problem+JSON; charset=utf-8']) {
      it(`does not retry after ${type} with "retryable": false`, async () => {
        const body = { type: 'upstream', detail: secret, retryable: false };
        const server = new ScriptedEndpoint(respond(502, { 'Content-Type': type }, body));
        const error = await failure(finished(server.post()));
        expect(error).to.include({ code: 'endpoint', reason: 'http', retryable: false });
        expect(server.times).to.have.length(1);
      });
    }

    const bodies: [string, Reply, type: string][] = [
      ['HTML', respond(200, { 'Content-Type': 'text/html; charset=utf-8' }, `<h1>${secret}</h1>`), 'text/html'],
      ['an empty body', () => new Response(null, { status: 204 }), 'no content type'],
      ['malformed JSON', respond(200, {}, `{"token": "${secret}"`), 'application/json'],
      ['a word', respond(200, {}, secret), 'application/json'],
      [
        'a content type that is not a media type',
        respond(200, { 'Content-Type': `text/${secret}${'x'.repeat(1_000)}` }, ''),
        'no content type',
      ],
    ];
    for (const [body, reply, type] of bodies) {
      it(`rejects ${body}, without a retry, and does not quote it`, async () => {
        const server = new ScriptedEndpoint(reply);
        const error = await failure(finished(server.post()));
        expect(error).to.include({ code: 'token', reason: 'shape', retryable: false });
        expect(error.message).to.equal(`The token endpoint ${address} should answer with JSON, but answered ${type}.`);
        expect(error.cause).to.equal(undefined);
        expect(server.times).to.have.length(1);
      });
    }
  });

  describe('after an abort', () => {
    it('aborts the request, does not retry, and rejects with the reason', async () => {
      const server = new ScriptedEndpoint(noResponse);
      const failing = failure(server.post());
      await clock.tickAsync(1_000);
      server.controller.abort(new Error('gone'));
      expect((await failing).message).to.equal('gone');
      expect(server.requests[0]?.signal.aborted).to.be.true;
      await clock.tickAsync(60_000);
      expect(server.times).to.have.length(1);
      expect(clock.countTimers()).to.equal(0);
    });

    it('stops waiting for the next try', async () => {
      const server = new ScriptedEndpoint(networkError);
      const failing = failure(server.post());
      await clock.tickAsync(100);
      server.controller.abort(new Error('gone'));
      expect((await failing).message).to.equal('gone');
      expect(clock.countTimers()).to.equal(0);
    });

    it('sends no request if the signal was already aborted', async () => {
      const server = new ScriptedEndpoint(success);
      server.controller.abort(new Error('gone'));
      expect((await failure(server.post())).message).to.equal('gone');
      expect(server.times).to.be.empty;
    });
  });
});
