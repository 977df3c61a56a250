import { expect } from '@open-wc/testing';
import { restore, stub, type SinonFakeTimers, type SinonStub } from 'sinon';
import { isFresh } from '../../src/endpoint/freshness.js';
import { canonicalToken } from '../../src/endpoint/canonical-token.js';
import type { Provider } from '../../src/providers/provider.js';
import { payme } from '../../src/providers/payme/browser/adapter.js';
import { requestToken, tokenIn, type RequestTokenContext, type Token, type TokenOptions } from '../../src/endpoint/request-token.js';
import type { TokenRequest } from '../../src/shared/endpoint-contract.js';
import { fakeClock } from '../support/clock.js';
import { answer, endpoint, failure, finished, secret } from '../support/endpoint.js';
import { runHead } from '../support/head.js';

const provider = { ...payme, token: canonicalToken, lifetime: 600 } as Provider;
const body = { provider: 'made-up', environment: 'sandbox', order: 'A-1001' };
const date = 'Mon, 04 May 2026 12:00:00 GMT';

interface Asked extends TokenOptions {
  readonly provider: Provider;
}

async function ask(overrides: Partial<Asked> = {}): Promise<Token> {
  const { signal } = new AbortController();
  const asked = { endpoint, body, provider, credentials: 'same-origin' as const, attempt: 2, signal, ...overrides };
  return tokenIn(await requestToken(asked), asked.provider, asked.body);
}

/** Who sends the request: the tag, or the head of the page before it. */
const senders: Readonly<Record<string, (body: TokenRequest) => void>> = {
  'of the tag': () => {},
  'of the head': (body) => runHead({ ...body, tokenEndpoint: endpoint.href }),
};
let send: (body: TokenRequest) => void;

/** Asks an endpoint that answers with this JSON. */
function given(json: unknown, overrides: Partial<Asked> = {}, headers: Record<string, string> = {}): Promise<Token> {
  fetched.callsFake(() => Promise.resolve(answer(json as object, { headers })));
  send(overrides.body ?? body);
  return ask(overrides);
}

let clock: SinonFakeTimers;
let fetched: SinonStub;
beforeEach(() => {
  clock = fakeClock();
  fetched = stub(window, 'fetch');
});
afterEach(() => restore());

describe('the request for a token', () => {
  for (const credentials of ['omit', 'same-origin', 'include'] as const) {
    it(`is fetched with credentials ${credentials}, by POST, uncached`, async () => {
      fetched.callsFake(() => Promise.resolve(answer({ token: secret })));
      await ask({ credentials });
      expect(fetched.callCount).to.equal(1);
      const request = fetched.firstCall.args[0] as Request;
      expect(request).to.include({ method: 'POST', url: endpoint.href, cache: 'no-store', credentials });
      expect(Object.fromEntries(request.headers)).to.deep.equal({ accept: 'application/json', 'content-type': 'application/json' });
      expect(await request.json()).to.deep.equal(body);
    });
  }

  it('has no order where there is none', async () => {
    let sent: unknown;
    await ask({
      body: { provider: 'made-up', environment: 'sandbox' },
      requestToken: async (request) => ((sent = await request.json()), { token: secret }),
    });
    expect(sent).to.deep.equal({ provider: 'made-up', environment: 'sandbox' });
  });

  it("is handed to the merchant's own function instead, with all that it is about", async () => {
    let handed: [Request, RequestTokenContext] | undefined;
    await ask({ requestToken: (...args) => ((handed = args), Promise.resolve({ token: secret })) });
    const [request, context] = handed!;
    expect(request).to.be.an.instanceof(Request).and.include({ method: 'POST', url: endpoint.href });
    expect(context).to.deep.equal({ ...body, attempt: 2, signal: request.signal });
    expect(fetched.called).to.be.false;
  });

  it("is made anew for every try, and aborted in the merchant's own function after 15 s", async () => {
    const requests: Request[] = [];
    const signals: AbortSignal[] = [];
    const tries: number[] = [];
    const hanging = (request: Request, { signal }: RequestTokenContext) => {
      requests.push(request);
      signals.push(signal);
      return new Promise<Response>(() => {});
    };
    const failed = failure(ask({ requestToken: hanging, onTry: (n) => tries.push(n) }));
    await clock.tickAsync(3 * 16_000);
    const error = await failed;
    expect(error).to.include({ code: 'endpoint', reason: 'timeout' });
    expect(new Set(requests).size).to.equal(3);
    expect(signals.every(({ aborted }) => aborted)).to.be.true;
    expect(tries).to.deep.equal([1, 2, 3]);
  });

  for (const [fact, fails] of [
    [
      'throws',
      () => {
        throw new Error(secret);
      },
    ],
    ['rejects', () => Promise.reject(new Error(secret))],
  ] as const) {
    it(`ends as unreachable when the merchant's own function ${fact}`, async () => {
      const error = await failure(finished(ask({ requestToken: fails })));
      expect(error).to.include({ code: 'endpoint', reason: 'unreachable', retryable: true });
      expect(error.cause).to.equal(undefined);
    });
  }
});

for (const [sender, sending] of Object.entries(senders)) {
  describe(`the answer to the request ${sender}`, () => {
    beforeEach(() => (send = sending));

    const config = { theme: 'dark' };
    const answers: [string, unknown, Record<string, unknown>?][] = [
      ['canonical', { token: secret }],
      ['with `sessionToken`', { sessionToken: secret }],
      ['with `token` before `sessionToken`', { token: secret, sessionToken: 'another' }],
      ['with a config', { token: secret, config }, config],
      ['for the provider and the environment that were asked for', { token: secret, provider: 'made-up', environment: 'sandbox' }],
      ['with keys of its own', { token: secret, id: 7 }],
      ['all under `data`', { data: { token: secret, config } }, config],
      ['with `sessionToken` under `data`', { success: true, data: { sessionToken: secret } }],
      ['with a token beside a `data` of its own', { token: secret, data: { id: 7 } }],
      ['with a sessionToken beside a `data` of its own', { sessionToken: secret, data: { id: 7 } }],
      ['with an empty `data` beside it', { token: secret, data: null }],
    ];
    for (const [fact, json, expected = {}] of answers) {
      it(`may be ${fact}`, async () => {
        const token = await given(json);
        expect(token.value).to.equal(secret);
        expect(token.config).to.deep.equal(expected);
      });
    }

    it('may be 201', async () => {
      const token = await ask({ requestToken: () => Promise.resolve(answer({ token: secret }, { status: 201 })) });
      expect(token.value).to.equal(secret);
    });

    it("may be a plain object of the merchant's own function", async () => {
      expect((await ask({ requestToken: () => Promise.resolve({ data: { token: secret } }) })).value).to.equal(secret);
    });

    const nonce = { action: 'create.nonce', success: 'true', nonce: secret, expires_in: '20', scope: 'post:charges' };
    for (const [fact, json] of [
      ['just as it came', { ...nonce, config }],
      ['with a success that is no string', { ...nonce, success: true, config }],
      ['under `data`', { data: { ...nonce, config } }],
    ] as const) {
      it(`may be Pay-me's own JSON, ${fact}`, async () => {
        const token = await given(json, { provider: payme });
        expect(token).to.deep.include({ value: secret, config, lifetime: 20_000 });
      });
    }

    it('for Pay-me may be canonical as well', async () => {
      expect(await given({ token: secret, expiresIn: 10 }, { provider: payme })).to.include({ value: secret, lifetime: 10_000 });
    });
  });

  describe(`how long a token lives by the request ${sender}`, () => {
    beforeEach(() => (send = sending));

    const facts: [string, object, ms: number, headers?: Record<string, string>][] = [
      ['as the provider says', {}, 600_000],
      ['`expiresIn` in seconds', { expiresIn: 45 }, 45_000],
      ['a numeric string', { expiresIn: '45' }, 45_000],
      ['never longer than the provider says', { expiresIn: 3_600 }, 600_000],
      ["`expiresAt` against the answer's own date", { expiresAt: '2026-05-04T12:01:00Z' }, 60_000, { Date: date }],
      ['`expiresAt` that is past against it', { expiresAt: '2026-05-04T11:59:00Z' }, -60_000, { Date: date }],
      ["`expiresAt` that only the shopper's clock calls past", { expiresAt: '2001-01-01T00:00:00Z' }, 600_000],
    ];
    for (const [fact, json, lifetime, headers] of facts) {
      it(fact, async () => expect((await given({ token: secret, ...json }, {}, headers)).lifetime).to.equal(lifetime));
    }

    it("`expiresAt` by the shopper's clock, from before the request", async () => {
      const expiresAt = new Date(Date.now() + 90_000).toISOString();
      const slow = () => new Promise<object>((resolve) => void setTimeout(() => resolve({ token: secret, expiresAt }), 5_000));
      const token = await finished(ask({ requestToken: slow }));
      expect(token.lifetime).to.equal(90_000);
    });

    it('counts from just before the last try', async () => {
      const sent: number[] = [];
      const slow = () => {
        sent.push(performance.now());
        const reply = sent.length === 1 ? answer('', { status: 503 }) : answer({ token: secret, expiresIn: 30 });
        return new Promise<Response>((resolve) => void setTimeout(() => resolve(reply), 3_000));
      };
      const token = await finished(ask({ requestToken: slow }));
      expect(token.requestedAt.monotonic).to.equal(sent[1]);
      expect(performance.now() - token.requestedAt.monotonic).to.be.at.least(3_000);
    });

    for (const [fact, json] of [
      ['no time', { ...{ action: 'a', success: true, nonce: secret }, expires_in: 0 }],
      ['a time that is no number', { ...{ action: 'a', success: true, nonce: secret }, expires_in: 'soon' }],
      ['less than no time', { token: secret, expiresIn: '-1' }],
    ] as const) {
      it(`is dead with ${fact}`, async () => expect(isFresh(await given(json, { provider: payme }))).to.be.false);
    }
  });

  describe(`an answer that is no token to the request ${sender}`, () => {
    beforeEach(() => (send = sending));

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
    for (const [fact, json, place] of shapes) {
      it(`${fact}: names the place, quotes nothing, asks once`, async () => {
        const tries: number[] = [];
        const error = await failure(given(json, { onTry: (n) => tries.push(n) }));
        expect(error).to.include({ code: 'token', reason: 'shape', retryable: false });
        expect(error.message).to.equal(`The token endpoint's answer: ${place}.`);
        expect(tries).to.deep.equal([1]);
      });
    }

    it('nothing, because the merchant forgot to return it', async () => {
      const error = await failure(ask({ requestToken: () => Promise.resolve(undefined as unknown as object) }));
      expect(error).to.include({ code: 'token', reason: 'shape' });
      expect(error.message).to.equal("The token endpoint's answer: it should be object, but was missing.");
    });

    it('Pay-me’s own without what it needs, or neither that nor canonical', async () => {
      expect((await failure(given({ action: 'a', success: 'yes' }, { provider: payme }))).message).to.include(
        '`success` should be boolean',
      );
      expect((await failure(given({ secret }, { provider: payme }))).message).to.include('`token` should be string, but was missing');
    });

    it('passes on what a schema throws by itself', async () => {
      const own = new Error('own');
      const throwing = {
        ...provider,
        token: {
          safeParse: () => {
            throw own;
          },
        },
      } as unknown as Provider;
      expect(await failure(given({ token: secret }, { provider: throwing }))).to.equal(own);
    });

    const others: [string, object, string][] = [
      ['another provider', { provider: 'izipay' }, 'the provider `izipay`, but the page asked for `made-up`'],
      ['another environment', { environment: 'production' }, 'the environment `production`, but the page asked for `sandbox`'],
      ['an unspeakable provider', { provider: `${secret} ${secret}` }, 'another provider, but the page asked for `made-up`'],
      ['no provider', { provider: '' }, 'another provider, but the page asked for `made-up`'],
    ];
    for (const [fact, json, sentence] of others) {
      it(`${fact}: is a mismatch, asked once`, async () => {
        const tries: number[] = [];
        const error = await failure(given({ token: secret, ...json }, { onTry: (n) => tries.push(n) }));
        expect(error).to.include({ code: 'token', reason: 'mismatch', retryable: false });
        expect(error.message).to.equal(`The token endpoint answered for ${sentence}.`);
        expect(tries).to.deep.equal([1]);
      });
    }
  });

  describe(`a provider's failure inside a 200 to the request ${sender}`, () => {
    beforeEach(() => (send = sending));

    const refused = (value: string) => ({
      ...{ action: 'create.nonce', success: 'false', nonce: secret },
      nonce_creation: { meta: { status: { code: '01', message_ilgn: [{ locale: 'es_PE', value }] } } },
    });

    it("is code `token`, reason `provider`, with the provider's message as the cause", async () => {
      const error = await failure(given(refused('Comercio no existe'), { provider: payme, body: { ...body, provider: 'payme' } }));
      expect(error).to.include({ code: 'token', reason: 'provider', retryable: true });
      expect(error.message).to.equal('payme refused a token to the token endpoint.');
      expect(error.cause).to.be.an.instanceof(Error).with.property('message', 'Comercio no existe');
    });

    it('has a cause of at most 200 characters', async () => {
      const error = await failure(given(refused('x'.repeat(500)), { provider: payme }));
      expect((error.cause as Error).message).to.have.length(200);
    });

    it('is a success without a nonce, too', async () => {
      const error = await failure(given({ action: 'create.nonce', success: true, scope: secret }, { provider: payme }));
      expect(error).to.include({ code: 'token', reason: 'provider' });
    });
  });
}
