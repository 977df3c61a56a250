import { describe, expect, it, vi } from 'vitest';
import { check, header, report, serve, shop, tokens, when, type Asked, type Endpoint, type Spoil } from './support.js';
import { isForProduction, isForUnknownOrder, isGet, isOutcome, isPreflight } from './support.js';

type Case = [fact: string, spoil: Spoil, line: string];

const respond = (status: number, init: { body?: string; type?: string } = {}): Spoil => {
  return () => new Response(init.body ?? null, { status, headers: init.type ? { 'Content-Type': init.type } : {} });
};
/** Answers every request with the same token. */
const always: Spoil = () => Response.json({ token: 'sample-token', expiresIn: 30 });
const answerFor =
  (environment: string): Spoil =>
  () =>
    Response.json({ token: 'sample-token', environment });
const allowOrigin = (origin: string, withCookies: boolean): Spoil => {
  return (answer) => {
    answer.headers.set('Access-Control-Allow-Origin', origin);
    if (withCookies) answer.headers.set('Access-Control-Allow-Credentials', 'true');
    return answer;
  };
};
const isFromUnlistedOrigin = ({ headers }: Asked) => headers.get('Origin')?.endsWith('.invalid') === true;

async function checkWith(spoil: Spoil, ...args: string[]) {
  const endpoint = await serve(spoil);
  const { code, text } = await check(endpoint, ...args.map((arg) => (arg === '<outcome>' ? endpoint.outcome : arg)));
  return { code, lines: text.split('\n') };
}

function itReports(cases: readonly Case[], ...args: string[]): void {
  it.each(cases)('%s', async (_fact, spoil, line) => {
    const { code, lines } = await checkWith(spoil, ...args);
    expect(lines).toContain(line);
    expect(code).toBe(lines.some((one) => one.startsWith('wrong ')) ? 1 : 0);
  });
}

describe('check: an endpoint that returns no token', () => {
  it('reports only the status of a refusal, not its shape', async () => {
    const { lines } = await checkWith(respond(502, { body: '{"title": "Bad Gateway"}', type: 'application/problem+json' }));
    expect(lines.filter((line) => line.startsWith('wrong ')).map((line) => line.split(':')[0])).not.toContain('wrong    shape');
  });

  itReports([
    [
      'names the outcome of an order that needs no payment',
      () => Response.json({ outcome: 'paid' }),
      'wrong    order: the order needs no payment, because it is paid; pass the `--order` of an unpaid one.',
    ],
    [
      'reports the status and what to check',
      respond(404),
      'wrong    status: should be 200 or 201, but was 404: check the address, and that this order exists for this visitor.',
    ],
    [
      'reports that the visitor has no access',
      respond(403),
      'wrong    status: should be 200 or 201, but was 403: check the session cookie, `credentials` and CSRF header.',
    ],
    [
      'reports an endpoint that does not accept POST',
      respond(405),
      'wrong    status: should be 200 or 201, but was 405: it should accept POST.',
    ],
    [
      'reports a redirect',
      respond(308),
      'wrong    status: should be 200 or 201, but was 308: a redirect drops the body of a POST; use the address that it leads to.',
    ],
    [
      'names the problem type of pay-checkout/server',
      respond(422, { body: '{"type": "urn:pay-checkout:problem:mismatch"}', type: 'application/problem+json' }),
      'wrong    status: should be 200 or 201, but was 422 (mismatch): check that it serves this provider and environment; ' +
        'name others, such as a brand of micuentaweb, with --provider and --environment.',
    ],
    [
      'does not quote any other problem type',
      respond(500, { body: '{"type": "https://secret.example/problem"}', type: 'application/problem+json' }),
      'wrong    status: should be 200 or 201, but was 500: see its log.',
    ],
    [
      'reports an HTML page',
      respond(200, { body: '<!doctype html>', type: 'text/html; charset=utf-8' }),
      'wrong    content type: should be application/json, but was `text/html`, and the body is not JSON.',
    ],
    [
      'reports a missing content type',
      respond(200),
      'wrong    content type: should be application/json, but was missing, and the body is not JSON.',
    ],
    [
      'names a missing field',
      tokens(() => ({ expiresIn: 30 })),
      "wrong    shape: The token endpoint's answer: `token` should be string, but was missing.",
    ],
    [
      'reports that the provider refused',
      tokens(() => ({ action: 'create.nonce', success: false })),
      'wrong    shape: payme refused a token to the token endpoint.',
    ],
    [
      'reports a token for another environment',
      tokens((json) => ({ ...json, environment: 'production' })),
      'wrong    environment: The token endpoint answered for the environment `production`, but the page asked for `sandbox`.',
    ],
    [
      'reports a second response without a token',
      failingFrom(2),
      "wrong    shape: The token endpoint's answer: `token` should be string, but was missing.",
    ],
  ]);
});

function failingFrom(n: number): Spoil {
  let count = 0;
  return (answer) => (++count < n ? answer : Response.json({}));
}

describe('check: a response', () => {
  itReports([
    [
      'warns of JSON with another content type',
      header('Content-Type', 'text/plain'),
      'warning  content type: should be application/json, but was `text/plain`; the body is JSON nevertheless.',
    ],
    [
      'accepts status 201',
      (answer) => (answer.status === 200 ? new Response(answer.body, { ...answer, status: 201, headers: answer.headers }) : answer),
      'ok       status: 201.',
    ],
    [
      'reports a missing Cache-Control header',
      header('Cache-Control'),
      'wrong    cache: `Cache-Control` should be no-store, but was missing.',
    ],
    [
      'reports a Cache-Control header that allows caching',
      header('Cache-Control', 'private, max-age=60'),
      'wrong    cache: `Cache-Control` should be no-store, but was `private, max-age=60`.',
    ],
    [
      'accepts no-store among other directives',
      header('Cache-Control', 'private,no-store, max-age=0'),
      'ok       cache: `Cache-Control` has no-store.',
    ],
    [
      'reports a response from a cache',
      header('Age', '7'),
      'wrong    cache: a cache stores responses: `Age` should be missing, but was `7`.',
    ],
    ['warns of a missing Date header', header('Date'), 'warning  clock: `Date` should be the time of the response, but was missing.'],
    [
      'warns of a clock that is a minute behind',
      (answer) => header('Date', new Date(Date.now() - 60_000).toUTCString())(answer, {} as Asked),
      "warning  clock: `Date` should agree with this machine's clock, but is 60 s behind.",
    ],
    [
      'warns of a clock that is a minute ahead',
      (answer) => header('Date', new Date(Date.now() + 60_000).toUTCString())(answer, {} as Asked),
      "warning  clock: `Date` should agree with this machine's clock, but is 60 s ahead.",
    ],
  ]);
});

describe('check: a token', () => {
  itReports([
    [
      'reports a negative expiresIn',
      tokens((json) => ({ ...json, expiresIn: -1 })),
      'wrong    life: a token should be alive, but its own expiry says that it was dead on arrival.',
    ],
    [
      'warns of a token with little time left',
      tokens((json) => ({ ...json, expiresIn: '10' })),
      'warning  life: only 10 s of the 30 s that a token of payme lives are left when it arrives; check that no cache stores it.',
    ],
    [
      'warns of an expiresIn as long as that of a bearer',
      tokens((json) => ({ ...json, expiresIn: 8600 })),
      'warning  life: `expiresIn` should be 30 at most, but was 8600, so the element ignores it; it may be that of the bearer.',
    ],
    [
      'assumes the full lifetime of a token without an expiry',
      tokens(({ token, config }) => ({ token, config })),
      'ok       life: 30 s of the 30 s that a token of payme lives are left when it arrives; the element opens no form with less than 5 s.',
    ],
    [
      'reports an expiresAt before the Date of the response',
      tokens(({ token, config }) => ({ token, config, expiresAt: new Date(Date.now() - 2000).toISOString() })),
      'wrong    life: a token should be alive, but its own expiry says that it was dead on arrival.',
    ],
    [
      'reports a token that arrives too late to open a form',
      (answer, asked) => {
        vi.advanceTimersByTime(3_000);
        return tokens((json) => ({ ...json, expiresIn: 4 }))(answer, asked);
      },
      'wrong    life: a token should have more than 2 s left when it arrives, but has 1 s.',
    ],
    [
      'reports a lifetime of one second, although the element would try it',
      tokens((json) => ({ ...json, expiresIn: 1 })),
      'wrong    life: a token should have more than 2 s left when it arrives, but has 1 s.',
    ],
    [
      'warns of a lifetime of three seconds',
      tokens((json) => ({ ...json, expiresIn: 3 })),
      'warning  life: only 3 s of the 30 s that a token of payme lives are left when it arrives; check that no cache stores it.',
    ],
    [
      'reports a missing config',
      tokens(({ token }) => ({ token })),
      'wrong    config: `config.payload` should be an object, but was missing.',
    ],
    [
      'reports two requests that get the same token',
      tokens((json) => ({ ...json, token: 'sample-token' })),
      'wrong    new: each request should get its own token, but two requests got the same one.',
    ],
    [
      'warns of slow responses',
      slow(1_200),
      'warning  latency: should be under 1 s, but was 1200 ms, then 1200 ms; every shopper waits this long.',
    ],
    [
      'says what to log if the response has no X-Request-Id',
      header('X-Request-Id'),
      'ok       log: log one line for each request (`X-Request-Id`, provider, environment, status, the status from the provider, duration), never a token, a body or a cookie; the response has no `X-Request-Id` yet.',
    ],
    [
      'warns of an X-Request-Id that repeats',
      header('X-Request-Id', 'sample'),
      'warning  log: `X-Request-Id` should be new for each response, but two had the same one.',
    ],
    ['accepts a slow first response', slow(1_200, 0), 'ok       latency: 1200 ms, then 0 ms.'],
  ]);

  it.each([
    [
      'reports a session that would be replaced as soon as its form is open',
      22,
      'wrong    life: a token should have more than 23.7 s left',
      1,
    ],
    [
      'warns of a session that is replaced soon after its form is open',
      30,
      'warning  life: only 30 s of the 600 s that a token of payroc lives',
      0,
    ],
  ])('%s', async (_fact, expiresIn, line, code) => {
    const { url } = await serve(tokens(({ expiresAt: _, ...json }) => ({ ...json, expiresIn })));
    const result = await report(['check', url, '--provider', 'payroc', '--environment', 'sandbox']);
    expect([result.code, result.text]).toEqual([code, expect.stringContaining(line)]);
  });

  it('reports two tokens with the same operation number', async () => {
    const configs: unknown[] = [];
    const { lines } = await checkWith(
      tokens((json) => {
        configs.push(json.config);
        return { ...json, config: configs[0] };
      }),
    );
    expect(lines).toContain(
      'wrong    new: `config.payload.merchant_operation_number` should be new for each token, but two tokens had the same one.',
    );
  });

  it('accepts a config that the page completes', async () => {
    const { url } = await serve(tokens((json) => ({ ...json, config: { ...(json.config as object), keyRSA: undefined } })));
    const args = ['check', url, '--provider', 'izipay', '--environment', 'sandbox'];
    expect((await report(args)).text).toMatch(/wrong +config: `config.keyRSA` should be text, but was missing\./);
    expect((await report([...args, '--config', '{"keyRSA": "key"}'])).text).toContain('ok       config: it has what the form needs.');
  });

  it('names the attribute that a pop-up form needs', async () => {
    const { url } = await serve(tokens((json) => ({ ...json, config: { ...(json.config as object), render: { typeForm: 'pop-up' } } })));
    const { text } = await report(['check', url, '--provider', 'izipay', '--environment', 'sandbox']);
    expect(text).toContain('ok       config: it has what the form needs; the tag needs `loading="manual"` to open it.');
  });
});

/** Delays each request by the next number of ms in the list, and all later ones by the last. */
function slow(...times: number[]): Spoil {
  return (answer) => {
    vi.advanceTimersByTime((times.length > 1 ? times.shift() : times[0]) ?? 0);
    return answer;
  };
}

describe('check: credentials', () => {
  const value = 'sample-value-of-a-credential';
  const webToken = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzYW1wbGUifQ.c2FtcGxl';

  it.each([
    'client_secret',
    'clientSecret',
    'access_token',
    'bearer',
    'api_key',
    'X-Api-Key',
    'hashKey',
    'publicKey',
    'payrocApiKeySandbox',
  ])('reports a value that is named %s without quoting it', async (name) => {
    const { code, lines } = await checkWith(tokens((json) => ({ ...json, [name]: value })));
    expect(lines).toContain(`wrong    secrets: \`${name}\` should never leave the backend, but is in a response.`);
    expect(code).toBe(1);
  });

  itReports([
    [
      'reports a credential deep in a response',
      tokens((json) => ({ ...json, debug: [{ upstream: { client_secret: value } }] })),
      'wrong    secrets: `debug.[].upstream.client_secret` should never leave the backend, but is in a response.',
    ],
    [
      'reports a credential in a refusal',
      when(isForProduction, () => Response.json({ sent: { hashKey: value } }, { status: 422 })),
      'wrong    secrets: `sent.hashKey` should never leave the backend, but is in a response.',
    ],
    [
      'reports a credential in an error',
      () => Response.json({ authorization: `Bearer ${value}` }, { status: 500 }),
      'wrong    secrets: `authorization` should never leave the backend, but is in a response.',
    ],
    [
      'reports a credential in a header',
      header('X-Api-Key', value),
      'wrong    secrets: `header.x-api-key` should never leave the backend, but is in a response.',
    ],
    [
      'hides a key that does not look like a name',
      tokens((json) => ({ ...json, [`secret of ${value}`]: value })),
      'wrong    secrets: `…` should never leave the backend, but is in a response.',
    ],
    [
      'warns of a value that looks like a token, whatever its name',
      tokens((json) => ({ ...json, session: webToken })),
      'warning  secrets: `session` looks like a token for something else; check that a page may see it.',
    ],
    [
      'ignores short or empty values that are named like credentials',
      tokens((json) => ({ ...json, passwordHint: '8 letters', access_token: '', bearer: null, apiKey: { sent: false } })),
      'ok       secrets: no response contains a value that is named like a credential or looks like one.',
    ],
    [
      'ignores copies of the form’s own token',
      tokens((json) => ({ ...json, config: { ...(json.config as object), authorization: json.token } })),
      'ok       secrets: no response contains a value that is named like a credential or looks like one.',
    ],
  ]);
});

describe('check: requests to refuse', () => {
  itReports([
    ['reports a token for a GET', when(isGet, always), 'wrong    method: GET should be answered with 405, but was answered with a token.'],
    [
      'warns of a page for a GET',
      when(isGet, respond(200)),
      'warning  method: GET should be answered with 405, but was answered with 200.',
    ],
    [
      'reports a token for another environment that does not name its environment',
      when(isForProduction, always),
      'wrong    environment: a page of `production` should be refused with 422, but gets a token that does not name its environment.',
    ],
    [
      'accepts a token that names the other environment',
      when(isForProduction, answerFor('production')),
      'ok       environment: a page of `production` is served too, and the response says so.',
    ],
    [
      'accepts a token that names the first environment, because the element refuses it',
      when(isForProduction, answerFor('sandbox')),
      'ok       environment: a page of `production` gets a response that the element refuses.',
    ],
    [
      'accepts a response without a token for another environment, because the element refuses it',
      when(isForProduction, () => Response.json({})),
      'ok       environment: a page of `production` gets a response that the element refuses.',
    ],
    [
      'accepts any 4xx for another environment',
      when(isForProduction, respond(400)),
      'ok       environment: a page of `production` is refused with 400; 422 would be clearer.',
    ],
    [
      'reports a 5xx for another environment, which the element retries',
      when(isForProduction, respond(500)),
      'wrong    environment: a page of `production` should be refused with 422, but was answered with 500, which the element retries.',
    ],
    [
      'reports a token for an unknown order',
      when(isForUnknownOrder, always),
      'wrong    order: an unknown order should be refused with 404, but is answered with a token.',
    ],
    [
      'reports a token under `data` for an unknown order',
      when(isForUnknownOrder, () => Response.json({ data: { token: 'sample-token' } })),
      'wrong    order: an unknown order should be refused with 404, but is answered with a token.',
    ],
    [
      'reports a 5xx for an unknown order',
      when(isForUnknownOrder, respond(500)),
      'wrong    order: an unknown order should be refused with 404, but was answered with 500, which the element retries.',
    ],
    ['accepts a 404 for a GET, as many routers answer', when(isGet, respond(404)), 'ok       method: GET is answered with 404.'],
    ['warns of a 500 for a GET', when(isGet, respond(500)), 'warning  method: GET should be answered with 405, but was answered with 500.'],
    [
      'accepts an error with a status only',
      when(isForUnknownOrder, respond(404, { body: 'Not found', type: 'text/plain' })),
      'ok       errors: the element needs only their status; as application/problem+json, they could have a `shopperMessage`.',
    ],
    [
      'warns of a `shopperMessage` that the element ignores',
      when(isForUnknownOrder, respond(404, { body: '{"shopperMessage": "Agotado"}', type: 'application/json' })),
      'warning  errors: the element ignores `shopperMessage` of 404 (unknown order), because it is `application/json`, not application/problem+json.',
    ],
    [
      'warns of a `retryable` that the element ignores',
      when(isForUnknownOrder, respond(503, { body: '{"retryable": false}', type: 'application/json' })),
      'warning  errors: the element ignores `retryable` of 503 (unknown order), because it is `application/json`, not application/problem+json.',
    ],
    [
      'warns of a `retryable` that is not a boolean',
      when(isForUnknownOrder, respond(503, { body: '{"retryable": "no"}', type: 'application/problem+json' })),
      'warning  errors: `retryable` of 503 (unknown order) should be true or false, but was neither.',
    ],
    [
      'accepts any `retryable` of an error that the element does not retry',
      when(isForUnknownOrder, respond(404, { body: '{"retryable": "no"}', type: 'application/problem+json' })),
      'ok       errors: all are application/problem+json.',
    ],
    [
      'warns of a 5xx that the element does not retry',
      when(isForProduction, respond(500, { body: '{"retryable": false}', type: 'application/problem+json' })),
      'warning  environment: a page of `production` should be refused with 422, but was answered with 500.',
    ],
    [
      'reports a 429, which the element retries',
      when(isForUnknownOrder, respond(429)),
      'wrong    order: an unknown order should be refused with 404, but was answered with 429, which the element retries.',
    ],
    [
      'reports no error if every request is served',
      (answer) => (answer.status < 400 ? answer : answerFor('production')(answer, {} as Asked)),
      'ok       errors: no response was an error.',
    ],
  ]);
});

describe('check: a page on another origin', () => {
  const isOptions = (spoil: Spoil) => when(isPreflight, spoil);
  itReports(
    [
      ['reports a preflight that fails', isOptions(respond(405)), 'wrong    preflight: the status should be 204, but was 405.'],
      [
        'reports a preflight that does not allow the origin',
        isOptions(header('Access-Control-Allow-Origin')),
        `wrong    preflight: \`Access-Control-Allow-Origin\` should be ${shop}, but was missing.`,
      ],
      [
        'reports a preflight that does not allow a header',
        isOptions(header('Access-Control-Allow-Headers', 'Content-Type')),
        'wrong    preflight: `Access-Control-Allow-Headers` should include x-csrf-token, but does not.',
      ],
      [
        'accepts a wildcard for the headers without cookies',
        isOptions(header('Access-Control-Allow-Headers', '*')),
        `ok       preflight: 204 for ${shop}.`,
      ],
      [
        'reports a response that allows another origin',
        header('Access-Control-Allow-Origin', 'https://other.example'),
        `wrong    cors: \`Access-Control-Allow-Origin\` should be ${shop}, but was \`https://other.example\`.`,
      ],
      [
        'warns of a header that the page cannot read',
        header('Access-Control-Expose-Headers', 'Date'),
        'warning  cors: `Access-Control-Expose-Headers` should include Retry-After, but does not.',
      ],
      ['warns of a missing Vary: Origin', header('Vary', 'Accept-Encoding'), 'warning  cors: `Vary` should include Origin, but does not.'],
      [
        'accepts a wildcard for the origin without cookies',
        (answer) => {
          answer.headers.delete('Vary');
          answer.headers.delete('Access-Control-Allow-Credentials');
          return allowOrigin('*', false)(answer, {} as Asked);
        },
        `ok       cors: ${shop} may read the response, including Date and Retry-After.`,
      ],
    ],
    '--origin',
    shop,
    '--header',
    'X-CSRF-Token: 2',
  );
});

describe('check: a page on another origin that sends cookies', () => {
  itReports(
    [
      [
        'reports a response that does not allow credentials',
        header('Access-Control-Allow-Credentials'),
        'wrong    cors: `Access-Control-Allow-Credentials` should be true, but was missing.',
      ],
      [
        'reports a wildcard for the origin',
        header('Access-Control-Allow-Origin', '*'),
        `wrong    cors: \`Access-Control-Allow-Origin\` should be ${shop}, but was \`*\`.`,
      ],
      [
        'reports a wildcard for the headers',
        header('Access-Control-Allow-Headers', '*'),
        'wrong    preflight: `Access-Control-Allow-Headers` should include content-type, but does not.',
      ],
    ],
    '--origin',
    shop,
    '--credentials',
    'include',
  );
});

describe('check: an unlisted origin', () => {
  const words = 'an unlisted origin should get no access, but can';
  const foreign = 'https://pay-checkout-check.invalid';
  itReports([
    [
      'reports that it can use the cookies of shoppers',
      when(isFromUnlistedOrigin, allowOrigin(foreign, true)),
      `wrong    strangers: ${words} use the cookies of your shoppers.`,
    ],
    [
      'reports a preflight that lets it use the cookies of shoppers',
      when((asked) => isFromUnlistedOrigin(asked) && isPreflight(asked), allowOrigin(foreign, true)),
      `wrong    strangers: ${words} use the cookies of your shoppers.`,
    ],
    [
      'warns that it can read the responses',
      when(isFromUnlistedOrigin, allowOrigin(foreign, false)),
      `warning  strangers: ${words} read the responses.`,
    ],
    ['warns that every origin can read the responses', allowOrigin('*', false), `warning  strangers: ${words} read the responses.`],
    ['accepts a response that allows another origin', allowOrigin(shop, true), 'ok       strangers: an unlisted origin gets no access.'],
  ]);
});

describe('check --outcome', () => {
  const outcome = (json: unknown) => when(isOutcome, () => Response.json(json, { headers: { 'Cache-Control': 'no-store' } }));
  itReports(
    [
      [
        'reports an endpoint that trusts the page',
        outcome({ outcome: 'paid' }),
        'wrong    outcome verdict: a made-up payment should never be paid, but is; the endpoint trusts the page.',
      ],
      [
        'reports an endpoint that trusts the page about a hold',
        outcome({ outcome: 'authorized' }),
        'wrong    outcome verdict: a made-up payment should never be authorized, but is; the endpoint trusts the page.',
      ],
      ['accepts a decline', outcome({ outcome: 'declined' }), 'ok       outcome verdict: a made-up payment is declined.'],
      ['accepts a refusal', when(isOutcome, respond(422)), 'ok       outcome verdict: a made-up payment is refused with 422.'],
      [
        'reports a response without an outcome',
        outcome({ status: 'ok' }),
        "wrong    outcome verdict: The outcome endpoint's response: `outcome` should be paid, authorized, saved, pending or declined, but was missing.",
      ],
      [
        'reports a 404',
        when(isOutcome, respond(404)),
        'wrong    outcome verdict: a made-up payment was answered with 404; check the address.',
      ],
      [
        'warns of a 5xx',
        when(isOutcome, respond(502)),
        'warning  outcome verdict: a made-up payment should be declined or refused, but was answered with 502.',
      ],
      [
        'reports a missing Cache-Control header',
        when(isOutcome, header('Cache-Control')),
        'wrong    outcome cache: `Cache-Control` should be no-store, but was missing.',
      ],
      [
        'warns of an endpoint that accepts GET',
        when(({ url, method }) => url.endsWith('/outcome') && method === 'GET', respond(200)),
        'warning  outcome method: GET should be answered with 405, but was answered with 200.',
      ],
      [
        'reports a credential',
        outcome({ outcome: 'pending', client_secret: 'sample-value-of-a-credential' }),
        'wrong    outcome secrets: `client_secret` should never leave the backend, but is in a response.',
      ],
    ],
    '--outcome',
    '<outcome>',
  );
});

/** No server listens on this port: the system does not assign ports below 1024. */
const unusedPort = 2;

describe('check: an endpoint that does not answer', () => {
  it('reports the error code of a refused connection', async () => {
    const { code, text } = await check({ url: `http://127.0.0.1:${unusedPort}/token` });
    expect(text).toMatch(/wrong {4}reach: the endpoint could not be reached \(ECONNREFUSED\)\.\n\n1 ok, 0 warnings, 1 wrong\n$/);
    expect(code).toBe(1);
  });

  it('reports a connection that breaks', async () => {
    const endpoint = await serve();
    endpoint.server.prependListener('request', (_, response) => response.destroy());
    expect((await check(endpoint)).text).toMatch(/wrong {4}reach: the endpoint could not be reached \(UND_ERR_SOCKET\)\./);
  });

  it('gives up after the time limit of the element', async () => {
    const endpoint = await serve(() => new Promise(() => {}));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const checked = check(endpoint);
    await untilRequested(endpoint);
    await vi.advanceTimersByTimeAsync(15_000);
    expect((await checked).text).toContain('wrong    reach: the endpoint did not answer within 15 s.');
  });
});

async function untilRequested({ asked }: Endpoint): Promise<void> {
  while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
}
