import { expect } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import { fakeClock } from '../support/clock.js';
import { answer, failure, finished, secret } from '../support/endpoint.js';
import { respond, ScriptedEndpoint, type Reply } from './scripted-endpoint.js';

const address = 'https://shop.example/api/pay';
const html = { 'Content-Type': 'text/html; charset=utf-8' };

/** A response as `fetch` returns it after a redirect. Only the browser can set these properties. */
function redirected(to: string, status = 200, headers: Record<string, string> = html): Reply {
  return () =>
    Object.defineProperties(answer(`<h1>${secret}</h1>`, { status, headers }), { redirected: { value: true }, url: { value: to } });
}

beforeEach(() => fakeClock());
afterEach(() => restore());

describe('a redirected request', () => {
  for (const [status, what] of [
    [200, 'should answer with JSON, but answered text/html.'],
    [404, 'answered 404: check the address, and that this order exists for this visitor.'],
  ] as const) {
    it(`names where it led, without the query, after ${status}`, async () => {
      const server = new ScriptedEndpoint(redirected(`https://shop.example/login?next=${secret}`, status));
      const { message } = await failure(finished(server.post()));
      expect(message).to.equal(`The token endpoint ${address}, redirected to https://shop.example/login, ${what}`);
    });
  }

  it('is no mistake if it leads to JSON', async () => {
    const reply: Reply = () => Object.defineProperty(answer({ token: 1 }), 'redirected', { value: true });
    expect(await new ScriptedEndpoint(reply).post()).to.deep.include({ json: { token: 1 } });
  });
});

describe("the offline page of a shop's service worker", () => {
  for (const to of ['token', 'outcome'] as const) {
    for (const status of [200, 503]) {
      it(`is reported as offline by the ${to} endpoint, with status ${status}`, async () => {
        stub(Navigator.prototype, 'onLine').get(() => false);
        const error = await failure(finished(new ScriptedEndpoint(respond(status, html)).post({ to })));
        expect(error).to.include({ code: to === 'token' ? 'endpoint' : 'outcome', reason: 'offline', retryable: to === 'token' });
      });
    }
  }

  it('is a wrong answer while the browser is online', async () => {
    expect(await failure(finished(new ScriptedEndpoint(respond(200, html)).post()))).to.include({ code: 'token', reason: 'shape' });
  });

  it('hides no answer in JSON', async () => {
    stub(Navigator.prototype, 'onLine').get(() => false);
    expect(await new ScriptedEndpoint(respond(200, {}, { token: 1 })).post()).to.deep.include({ json: { token: 1 } });
  });
});
