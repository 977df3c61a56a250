import { expect } from '@open-wc/testing';
import { restore, stub, type SinonStub } from 'sinon';
import { isFresh } from '../../src/endpoint/freshness.js';
import type { Token } from '../../src/endpoint/request-token.js';
import { payme } from '../../src/providers/payme/browser/adapter.js';
import type { Provider } from '../../src/providers/provider.js';
import type { TokenRequest } from '../../src/shared/endpoint-contract.js';
import { fakeClock } from '../support/clock.js';
import { answer, endpoint, failure, finished, secret } from '../support/endpoint.js';
import { runHead } from '../support/head.js';
import { body, provider, requestAndRead, type RequestOptions } from './request-and-read.js';

const date = 'Mon, 04 May 2026 12:00:00 GMT';

/** How the first request starts: by the element, or earlier by the script in the page's head. */
const senders: Readonly<Record<string, (body: TokenRequest) => void>> = {
  'of the element': () => {},
  'of the script in the head': ({ fallback: _, ...body }) => runHead({ ...body, tokenEndpoint: endpoint.href }),
};
let startRequest: (body: TokenRequest) => void;

let fetched: SinonStub;
beforeEach(() => {
  fakeClock();
  fetched = stub(window, 'fetch');
});
afterEach(() => restore());

/** Requests a token from an endpoint that responds with this JSON. */
function respondWith(json: unknown, overrides: Partial<RequestOptions> = {}, headers: Record<string, string> = {}): Promise<Token> {
  fetched.callsFake(() => Promise.resolve(answer(json as object, { headers })));
  startRequest(overrides.body ?? body);
  return requestAndRead(overrides);
}

describe('createToken', () => {
  for (const [sender, start] of Object.entries(senders)) {
    describe(`for the request ${sender}`, () => {
      beforeEach(() => (startRequest = start));

      describe('given a response with a token', () => {
        const config = { theme: 'dark' };
        const responses: [string, unknown, Record<string, unknown>?][] = [
          ['the canonical form', { token: secret }],
          ['`sessionToken`', { sessionToken: secret }],
          ['`token` beside `sessionToken`, which it ignores', { token: secret, sessionToken: 'another' }],
          ['a config', { token: secret, config }, config],
          ['the requested provider and environment', { token: secret, provider: 'made-up', environment: 'sandbox' }],
          ['unknown keys', { token: secret, id: 7 }],
          ['a response wrapped in `data`', { data: { token: secret, config } }, config],
          ['`sessionToken` wrapped in `data`', { success: true, data: { sessionToken: secret } }],
          ['a token beside another `data`', { token: secret, data: { id: 7 } }],
          ['a sessionToken beside another `data`', { sessionToken: secret, data: { id: 7 } }],
          ['a token beside an empty `data`', { token: secret, data: null }],
        ];
        for (const [name, json, expected = {}] of responses) {
          it(`accepts ${name}`, async () => {
            const token = await respondWith(json);
            expect(token.value).to.equal(secret);
            expect(token.config).to.deep.equal(expected);
          });
        }

        it('accepts the status 201', async () => {
          const token = await requestAndRead({ requestToken: () => Promise.resolve(answer({ token: secret }, { status: 201 })) });
          expect(token.value).to.equal(secret);
        });

        it("accepts a plain object from the merchant's function", async () => {
          expect((await requestAndRead({ requestToken: () => Promise.resolve({ data: { token: secret } }) })).value).to.equal(secret);
        });

        const nonce = { action: 'create.nonce', success: 'true', nonce: secret, expires_in: '20', scope: 'post:charges' };
        for (const [variant, json] of [
          ['unchanged', { ...nonce, config }],
          ['with a boolean `success`', { ...nonce, success: true, config }],
          ['wrapped in `data`', { data: { ...nonce, config } }],
        ] as const) {
          it(`accepts Pay-me's own JSON, ${variant}`, async () => {
            const token = await respondWith(json, { provider: payme });
            expect(token).to.deep.include({ value: secret, config, lifetime: 20_000 });
          });
        }

        it('accepts the canonical form for Pay-me', async () => {
          expect(await respondWith({ token: secret, expiresIn: 10 }, { provider: payme })).to.include({ value: secret, lifetime: 10_000 });
        });
      });

      describe('given a response with a lifetime', () => {
        const lifetimes: [string, object, ms: number, headers?: Record<string, string>][] = [
          ["the provider's lifetime if the response has none", {}, 600_000],
          ['`expiresIn` in seconds', { expiresIn: 45 }, 45_000],
          ['`expiresIn` in a numeric string', { expiresIn: '45' }, 45_000],
          ["at most the provider's lifetime", { expiresIn: 3_600 }, 600_000],
          ["the time from the response's date to `expiresAt`", { expiresAt: '2026-05-04T12:01:00Z' }, 60_000, { Date: date }],
          ["a negative time if `expiresAt` is before the response's date", { expiresAt: '2026-05-04T11:59:00Z' }, -60_000, { Date: date }],
          ["the provider's lifetime if `expiresAt` is past by the shopper's clock alone", { expiresAt: '2001-01-01T00:00:00Z' }, 600_000],
        ];
        for (const [description, json, lifetime, headers] of lifetimes) {
          it(`sets the lifetime to ${description}`, async () =>
            expect((await respondWith({ token: secret, ...json }, {}, headers)).lifetime).to.equal(lifetime));
        }

        it("measures `expiresAt` from the start of the request, by the shopper's clock", async () => {
          const expiresAt = new Date(Date.now() + 90_000).toISOString();
          const slow = () => new Promise<object>((resolve) => void setTimeout(() => resolve({ token: secret, expiresAt }), 5_000));
          const token = await finished(requestAndRead({ requestToken: slow }));
          expect(token.lifetime).to.equal(90_000);
        });

        it('counts the lifetime from the start of the last try', async () => {
          const sent: number[] = [];
          const slow = () => {
            sent.push(performance.now());
            const reply = sent.length === 1 ? answer('', { status: 503 }) : answer({ token: secret, expiresIn: 30 });
            return new Promise<Response>((resolve) => void setTimeout(() => resolve(reply), 3_000));
          };
          const token = await finished(requestAndRead({ requestToken: slow }));
          expect(token.requestedAt.monotonic).to.equal(sent[1]);
          expect(performance.now() - token.requestedAt.monotonic).to.be.at.least(3_000);
        });

        for (const [lifetime, json] of [
          ['zero seconds', { ...{ action: 'a', success: true, nonce: secret }, expires_in: 0 }],
          ['a lifetime that is not a number', { ...{ action: 'a', success: true, nonce: secret }, expires_in: 'soon' }],
          ['negative seconds', { token: secret, expiresIn: '-1' }],
        ] as const) {
          it(`creates a token that is not fresh from ${lifetime}`, async () =>
            expect(isFresh(await respondWith(json, { provider: payme }))).to.be.false);
        }
      });

      describe('given a response without a usable token', () => {
        const shapes: [string, unknown, string][] = [
          ['null', null, 'it should be object, but was null'],
          ['an array', [{ token: secret }], 'it should be object, but was an array'],
          ['a word', JSON.stringify(secret), 'it should be object, but was a different string'],
          ['an empty object', {}, '`token` should be string, but was missing'],
          ['an empty token', { token: '' }, '`token` should not be empty, but was empty'],
          ['a token that is null', { token: null }, '`token` should be string, but was null'],
          ['a token that is an object', { token: { secret } }, '`token` should be string, but was a different object'],
          ['an unreadable lifetime', { token: secret, expiresIn: secret }, '`expiresIn` should be seconds, but was a different string'],
          [
            'an unreadable date',
            { token: secret, expiresAt: secret },
            '`expiresAt` should be a date and time in ISO 8601, with its offset or Z, but was a different string',
          ],
          ['a config that is a word', { token: secret, config: secret }, '`config` should be object, but was a different string'],
          ['nothing under `data`', { data: {} }, '`token` should be string, but was missing'],
        ];
        for (const [name, json, problem] of shapes) {
          it(`rejects ${name}, and names the problem without a quote or a retry`, async () => {
            const tries: number[] = [];
            const error = await failure(respondWith(json, { onTry: (n) => tries.push(n) }));
            expect(error).to.include({ code: 'token', reason: 'shape', retryable: false });
            expect(error.message).to.equal(`The token endpoint's answer: ${problem}.`);
            expect(tries).to.deep.equal([1]);
          });
        }

        it("rejects undefined, from a merchant's function without a return value", async () => {
          const error = await failure(requestAndRead({ requestToken: () => Promise.resolve(undefined as unknown as object) }));
          expect(error).to.include({ code: 'token', reason: 'shape' });
          expect(error.message).to.equal("The token endpoint's answer: it should be object, but was missing.");
        });

        it('rejects incomplete JSON of Pay-me, and JSON in neither form', async () => {
          expect((await failure(respondWith({ action: 'a', success: 'yes' }, { provider: payme }))).message).to.include(
            '`success` should be boolean',
          );
          expect((await failure(respondWith({ secret }, { provider: payme }))).message).to.include(
            '`token` should be string, but was missing',
          );
        });

        it('rejects with what a schema throws', async () => {
          const thrown = new Error('thrown');
          const throwing = {
            ...provider,
            token: {
              safeParse: () => {
                throw thrown;
              },
            },
          } as unknown as Provider;
          expect(await failure(respondWith({ token: secret }, { provider: throwing }))).to.equal(thrown);
        });

        const others: [string, object, string][] = [
          ['another provider', { provider: 'izipay' }, 'the provider `izipay`, but the page asked for `made-up`'],
          ['another environment', { environment: 'production' }, 'the environment `production`, but the page asked for `sandbox`'],
          ['a provider that cannot be quoted', { provider: `${secret} ${secret}` }, 'another provider, but the page asked for `made-up`'],
          ['an empty provider', { provider: '' }, 'another provider, but the page asked for `made-up`'],
        ];
        for (const [name, json, sentence] of others) {
          it(`rejects a token for ${name}, without a retry`, async () => {
            const tries: number[] = [];
            const error = await failure(respondWith({ token: secret, ...json }, { onTry: (n) => tries.push(n) }));
            expect(error).to.include({ code: 'token', reason: 'mismatch', retryable: false });
            expect(error.message).to.equal(`The token endpoint answered for ${sentence}.`);
            expect(tries).to.deep.equal([1]);
          });
        }
      });

      describe("given a provider's failure in a response with status 200", () => {
        const createRefusal = (value: string) => ({
          ...{ action: 'create.nonce', success: 'false', nonce: secret },
          nonce_creation: { meta: { status: { code: '01', message_ilgn: [{ locale: 'es_PE', value }] } } },
        });

        it("rejects with reason `provider`, and the provider's message as the cause", async () => {
          const error = await failure(
            respondWith(createRefusal('Comercio no existe'), { provider: payme, body: { ...body, provider: 'payme' } }),
          );
          expect(error).to.include({ code: 'token', reason: 'provider', retryable: true });
          expect(error.message).to.equal('payme refused a token to the token endpoint.');
          expect(error.cause).to.be.an.instanceof(Error).with.property('message', 'Comercio no existe');
        });

        it('shortens the cause to 200 characters', async () => {
          const error = await failure(respondWith(createRefusal('x'.repeat(500)), { provider: payme }));
          expect((error.cause as Error).message).to.have.length(200);
        });

        it('treats a success without a nonce as a failure', async () => {
          const error = await failure(respondWith({ action: 'create.nonce', success: true, scope: secret }, { provider: payme }));
          expect(error).to.include({ code: 'token', reason: 'provider' });
        });
      });
    });
  }
});
