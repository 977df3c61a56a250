import { describe, expect, it, vi } from 'vitest';
import { check, header, report, serve, shop, tokens, when, type Asked, type Endpoint, type Spoil } from './support.js';
import { isForProduction, isForUnknownOrder, isGet, isOutcome, isPreflight } from './support.js';

type Case = [fact: string, spoil: Spoil, line: string];

const answered = (status: number, init: { body?: string; type?: string } = {}): Spoil => {
  return () => new Response(init.body ?? null, { status, headers: init.type ? { 'Content-Type': init.type } : {} });
};
/** The same token for whatever is asked. */
const always: Spoil = () => Response.json({ token: 'sample-token', expiresIn: 30 });
const naming =
  (environment: string): Spoil =>
  () =>
    Response.json({ token: 'sample-token', environment });
const granting = (origin: string, withCookies: boolean): Spoil => {
  return (answer) => {
    answer.headers.set('Access-Control-Allow-Origin', origin);
    if (withCookies) answer.headers.set('Access-Control-Allow-Credentials', 'true');
    return answer;
  };
};
const isStranger = ({ headers }: Asked) => headers.get('Origin')?.endsWith('.invalid') === true;

async function linesOf(spoil: Spoil, ...args: string[]) {
  const endpoint = await serve(spoil);
  const { code, text } = await check(endpoint, ...args.map((arg) => (arg === '<outcome>' ? endpoint.outcome : arg)));
  return { code, lines: text.split('\n') };
}

function eachOf(cases: readonly Case[], ...args: string[]): void {
  it.each(cases)('%s', async (_fact, spoil, line) => {
    const { code, lines } = await linesOf(spoil, ...args);
    expect(lines).toContain(line);
    expect(code).toBe(lines.some((one) => one.startsWith('wrong ')) ? 1 : 0);
  });
}

describe('an endpoint that answers no token', () => {
  it('is not told of the shape of its refusal as well', async () => {
    const { lines } = await linesOf(answered(502, { body: '{"title": "Bad Gateway"}', type: 'application/problem+json' }));
    expect(lines.filter((line) => line.startsWith('wrong ')).map((line) => line.split(':')[0])).not.toContain('wrong    shape');
  });

  eachOf([
    [
      'is told its status, and what to look at',
      answered(404),
      'wrong    status: should be 200 or 201, but was 404: check the address, and that this order exists for this visitor.',
    ],
    [
      'is told that the visitor may not ask',
      answered(403),
      'wrong    status: should be 200 or 201, but was 403: access denied; check the session cookie, `credentials` and CSRF header.',
    ],
    ['is told that it should take POST', answered(405), 'wrong    status: should be 200 or 201, but was 405: it should take POST.'],
    [
      'is told that it redirects',
      answered(308),
      'wrong    status: should be 200 or 201, but was 308: a redirect loses the body of a POST: name the address that it leads to.',
    ],
    [
      'is told which problem it names',
      answered(422, { body: '{"type": "urn:pay-checkout:problem:mismatch"}', type: 'application/problem+json' }),
      'wrong    status: should be 200 or 201, but was 422 (mismatch): does it serve this provider and environment.',
    ],
    [
      'is not quoted where it names another problem',
      answered(500, { body: '{"type": "https://secret.example/problem"}', type: 'application/problem+json' }),
      'wrong    status: should be 200 or 201, but was 500: see its log.',
    ],
    [
      'is told that it sends a page',
      answered(200, { body: '<!doctype html>', type: 'text/html; charset=utf-8' }),
      'wrong    content type: should be application/json, but was `text/html`, and the body is no JSON.',
    ],
    [
      'is told that its body says no type',
      answered(200),
      'wrong    content type: should be application/json, but was missing, and the body is no JSON.',
    ],
    [
      'is told what is missing',
      tokens(() => ({ expiresIn: 30 })),
      "wrong    shape: The token endpoint's answer: `token` should be string, but was missing.",
    ],
    [
      'is told that the provider refused',
      tokens(() => ({ action: 'create.nonce', success: false })),
      'wrong    shape: payme refused a token to the token endpoint.',
    ],
    [
      'is told that it is for another environment',
      tokens((json) => ({ ...json, environment: 'production' })),
      'wrong    environment: The token endpoint answered for the environment `production`, but the page asked for `sandbox`.',
    ],
    [
      'is told that the second answer was none',
      failingFrom(2),
      "wrong    shape: The token endpoint's answer: `token` should be string, but was missing.",
    ],
  ]);
});

function failingFrom(n: number): Spoil {
  let count = 0;
  return (answer) => (++count < n ? answer : Response.json({}));
}

describe('an answer', () => {
  eachOf([
    [
      'that is JSON by another name is read, with a warning',
      header('Content-Type', 'text/plain'),
      'warning  content type: should be application/json, but was `text/plain`; the body is JSON all the same.',
    ],
    [
      'may be 201',
      (answer) => (answer.status === 200 ? new Response(answer.body, { ...answer, status: 201, headers: answer.headers }) : answer),
      'ok       status: 201.',
    ],
    [
      'that says nothing of caches is wrong',
      header('Cache-Control'),
      'wrong    cache: `Cache-Control` should be no-store, but was missing.',
    ],
    [
      'that may be kept is wrong',
      header('Cache-Control', 'private, max-age=60'),
      'wrong    cache: `Cache-Control` should be no-store, but was `private, max-age=60`.',
    ],
    [
      'that has no-store among others is right',
      header('Cache-Control', 'private,no-store, max-age=0'),
      'ok       cache: `Cache-Control` has no-store.',
    ],
    [
      'that was kept is wrong',
      header('Age', '7'),
      'wrong    cache: something on the way keeps answers: `Age` should be missing, but was `7`.',
    ],
    ['without a date is warned of', header('Date'), 'warning  clock: `Date` should be the time of the answer, but was missing.'],
    [
      'of a minute ago is warned of',
      (answer) => header('Date', new Date(Date.now() - 60_000).toUTCString())(answer, {} as Asked),
      "warning  clock: `Date` should agree with this machine's clock, but is 60 s behind.",
    ],
    [
      'of the next minute is warned of',
      (answer) => header('Date', new Date(Date.now() + 60_000).toUTCString())(answer, {} as Asked),
      "warning  clock: `Date` should agree with this machine's clock, but is 60 s ahead.",
    ],
  ]);
});

describe('a token', () => {
  eachOf([
    [
      'that dies on the way is wrong',
      tokens((json) => ({ ...json, expiresIn: -1 })),
      'wrong    life: a token should be alive, but is dead on arrival by its own word.',
    ],
    [
      'whose time is almost up is warned of',
      tokens((json) => ({ ...json, expiresIn: '10' })),
      'warning  life: only 10 s of the 30 s that a token of payme lives are left when it arrives: is it kept somewhere?',
    ],
    [
      'that lives as long as a bearer is warned of',
      tokens((json) => ({ ...json, expiresIn: 8600 })),
      "warning  life: `expiresIn` should be 30 at most, but was 8600: is it the bearer's? It is not believed.",
    ],
    [
      'that does not say how long it lives is believed',
      tokens(({ token, config }) => ({ token, config })),
      'ok       life: 30 s of the 30 s that a token of payme lives are left when it arrives; the form is not begun with less than 5 s.',
    ],
    [
      'that died before the answer by its date is wrong',
      tokens(({ token, config }) => ({ token, config, expiresAt: new Date(Date.now() - 2000).toISOString() })),
      'wrong    life: a token should be alive, but is dead on arrival by its own word.',
    ],
    [
      'that comes too late to open a form is wrong',
      (answer, asked) => {
        vi.advanceTimersByTime(3_000);
        return tokens((json) => ({ ...json, expiresIn: 4 }))(answer, asked);
      },
      'wrong    life: a token should have more than 2 s left when it arrives, but has 1 s.',
    ],
    [
      'of one second is wrong, though the element would try it',
      tokens((json) => ({ ...json, expiresIn: 1 })),
      'wrong    life: a token should have more than 2 s left when it arrives, but has 1 s.',
    ],
    [
      'of three seconds is warned of',
      tokens((json) => ({ ...json, expiresIn: 3 })),
      'warning  life: only 3 s of the 30 s that a token of payme lives are left when it arrives: is it kept somewhere?',
    ],
    [
      'without its config is wrong',
      tokens(({ token }) => ({ token })),
      'wrong    config: The `config`: `payload` should be object, but was missing.',
    ],
    [
      'that two requests share is wrong',
      tokens((json) => ({ ...json, token: 'sample-token' })),
      'wrong    new: each request should be answered with a token of its own, but two had the same one.',
    ],
    [
      'that all requests wait for is warned of',
      slow(1_200),
      'warning  latency: should be under 1 s, but was 1200 ms, then 1200 ms: every shopper waits for it.',
    ],
    ['that only the first request waits for is fine', slow(1_200, 0), 'ok       latency: 1200 ms, then 0 ms.'],
  ]);

  it.each([
    ['that would be replaced as soon as its form is open is wrong', 22, 'wrong    life: a token should have more than 23.7 s left', 1],
    ['that leaves its form a moment is warned of', 30, 'warning  life: only 30 s of the 600 s that a token of payroc lives', 0],
  ])('%s', async (_fact, expiresIn, line, code) => {
    const { url } = await serve(tokens(({ expiresAt: _, ...json }) => ({ ...json, expiresIn })));
    const said = await report(['check', url, '--provider', 'payroc', '--environment', 'sandbox']);
    expect([said.code, said.text]).toEqual([code, expect.stringContaining(line)]);
  });

  it('whose operation number two share is wrong', async () => {
    const kept: unknown[] = [];
    const { lines } = await linesOf(
      tokens((json) => {
        kept.push(json.config);
        return { ...json, config: kept[0] };
      }),
    );
    expect(lines).toContain(
      'wrong    new: `config.payload.merchant_operation_number` should be new for each token, but two had the same one.',
    );
  });

  it('may leave to the page what the form needs', async () => {
    const { url } = await serve(tokens(({ token }) => ({ token })));
    const args = ['check', url, '--provider', 'payroc', '--environment', 'sandbox'];
    expect((await report(args)).text).toMatch(/wrong +config: The `config`: `mode` should be payment or tokenization, but was missing\./);
    expect((await report([...args, '--config', '{"mode": "payment"}'])).text).toContain('ok       config: it has what the form needs.');
  });

  it('for a form that covers the page says what the tag needs', async () => {
    const { url } = await serve(tokens((json) => ({ ...json, config: { ...(json.config as object), render: { typeForm: 'pop-up' } } })));
    const { text } = await report(['check', url, '--provider', 'izipay', '--environment', 'sandbox']);
    expect(text).toContain('ok       config: it has what the form needs; the tag needs `loading="manual"` for it.');
  });
});

/** Has requests for a token take as many ms as the list says, the last one for all that follow. */
function slow(...times: number[]): Spoil {
  return (answer) => {
    vi.advanceTimersByTime((times.length > 1 ? times.shift() : times[0]) ?? 0);
    return answer;
  };
}

describe('a credential', () => {
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
  ])('that is named %s is wrong, and its value is not told', async (name) => {
    const { code, lines } = await linesOf(tokens((json) => ({ ...json, [name]: value })));
    expect(lines).toContain(`wrong    secrets: \`${name}\` should never leave the backend, but is in an answer.`);
    expect(code).toBe(1);
  });

  eachOf([
    [
      'is found deep in an answer',
      tokens((json) => ({ ...json, debug: [{ upstream: { client_secret: value } }] })),
      'wrong    secrets: `debug.[].upstream.client_secret` should never leave the backend, but is in an answer.',
    ],
    [
      'is found in the answer to what was refused',
      when(isForProduction, () => Response.json({ sent: { hashKey: value } }, { status: 422 })),
      'wrong    secrets: `sent.hashKey` should never leave the backend, but is in an answer.',
    ],
    [
      'is found in the answer that was no token',
      () => Response.json({ authorization: `Bearer ${value}` }, { status: 500 }),
      'wrong    secrets: `authorization` should never leave the backend, but is in an answer.',
    ],
    [
      'is found in a header',
      header('X-Api-Key', value),
      'wrong    secrets: `header.x-api-key` should never leave the backend, but is in an answer.',
    ],
    [
      'whose name could be anything is not shown by it',
      tokens((json) => ({ ...json, [`secret of ${value}`]: value })),
      'wrong    secrets: `…` should never leave the backend, but is in an answer.',
    ],
    [
      'may have any name, if it looks like a token',
      tokens((json) => ({ ...json, session: webToken })),
      'warning  secrets: `session` looks like a token of something else: may a page know it?',
    ],
    [
      'is not what is only called like one',
      tokens((json) => ({ ...json, passwordHint: '8 letters', access_token: '', bearer: null, apiKey: { sent: false } })),
      'ok       secrets: no answer holds anything that is named or looks like a credential.',
    ],
    [
      'is not the token of the form, wherever it stands',
      tokens((json) => ({ ...json, config: { ...(json.config as object), authorization: json.token } })),
      'ok       secrets: no answer holds anything that is named or looks like a credential.',
    ],
  ]);
});

describe('what should be refused', () => {
  eachOf([
    ['is a GET: a token is wrong', when(isGet, always), 'wrong    method: GET should be answered with 405, but was answered with a token.'],
    ['is a GET: a page is warned of', when(isGet, answered(200)), 'warning  method: GET should be answered with 405, but was with 200.'],
    [
      'is another environment: a token that does not say for which it is, is wrong',
      when(isForProduction, always),
      'wrong    environment: a page of `production` should be refused with 422, but gets a token that does not say for which environment it is.',
    ],
    [
      'is another environment: a token of that one is right',
      when(isForProduction, naming('production')),
      'ok       environment: a page of `production` is served, too, and the answer says so.',
    ],
    [
      'is another environment: a token that names the first is refused by the element',
      when(isForProduction, naming('sandbox')),
      'ok       environment: a page of `production` is answered with what the element refuses.',
    ],
    [
      'is another environment: an answer without a token is refused by the element',
      when(isForProduction, () => Response.json({})),
      'ok       environment: a page of `production` is answered with what the element refuses.',
    ],
    [
      'is another environment: any 4xx does',
      when(isForProduction, answered(400)),
      'ok       environment: a page of `production` is refused with 400; 422 would say more.',
    ],
    [
      'is another environment: a 5xx is asked for again',
      when(isForProduction, answered(500)),
      'wrong    environment: a page of `production` should be refused with 422, but was answered with 500: it asks again.',
    ],
    [
      'is an unknown order: a token is wrong',
      when(isForUnknownOrder, always),
      'wrong    order: one that is unknown should be refused with 404, but is answered with a token.',
    ],
    [
      'is an unknown order: a token under `data` is wrong',
      when(isForUnknownOrder, () => Response.json({ data: { token: 'sample-token' } })),
      'wrong    order: one that is unknown should be refused with 404, but is answered with a token.',
    ],
    [
      'is an unknown order: a 5xx is wrong',
      when(isForUnknownOrder, answered(500)),
      'wrong    order: one that is unknown should be refused with 404, but is answered with 500.',
    ],
    [
      'is told as a problem, or warned of',
      when(isGet, answered(405, { body: '<p>', type: 'text/html' })),
      'warning  errors: should be application/problem+json, but 405 (GET) is `text/html`.',
    ],
    [
      'says whether it is retryable in one word',
      when(isForUnknownOrder, answered(404, { body: '{"retryable": "no"}', type: 'application/problem+json' })),
      'warning  errors: `retryable` of 404 (unknown order) should be true or false, but was neither.',
    ],
    [
      'is no error where all is served',
      (answer) => (answer.status < 400 ? answer : naming('production')(answer, {} as Asked)),
      'ok       errors: there was none.',
    ],
  ]);
});

describe('a page elsewhere', () => {
  const isOptions = (spoil: Spoil) => when(isPreflight, spoil);
  eachOf(
    [
      [
        'is asked for first: the preflight must be answered',
        isOptions(answered(405)),
        'wrong    preflight: should be answered with 204, but was with 405.',
      ],
      [
        'is asked for first: its origin must be allowed',
        isOptions(header('Access-Control-Allow-Origin')),
        `wrong    preflight: \`Access-Control-Allow-Origin\` should be ${shop}, but was missing.`,
      ],
      [
        'is asked for first: its headers must be allowed',
        isOptions(header('Access-Control-Allow-Headers', 'Content-Type')),
        'wrong    preflight: `Access-Control-Allow-Headers` should have x-csrf-token, but has not.',
      ],
      [
        'may have all headers allowed at once, without cookies',
        isOptions(header('Access-Control-Allow-Headers', '*')),
        `ok       preflight: 204 for ${shop}.`,
      ],
      [
        'must be allowed to read the answer, too',
        header('Access-Control-Allow-Origin', 'https://other.example'),
        `wrong    cors: \`Access-Control-Allow-Origin\` should be ${shop}, but was \`https://other.example\`.`,
      ],
      [
        'is better off with the date and the wait',
        header('Access-Control-Expose-Headers', 'Date'),
        'warning  cors: `Access-Control-Expose-Headers` should have Retry-After, but has not.',
      ],
      [
        'must not be served the answer for another one',
        header('Vary', 'Accept-Encoding'),
        'warning  cors: `Vary` should have Origin, but has not.',
      ],
      [
        'may be any, where none sends cookies',
        (answer) => {
          answer.headers.delete('Vary');
          answer.headers.delete('Access-Control-Allow-Credentials');
          return granting('*', false)(answer, {} as Asked);
        },
        `ok       cors: ${shop} may read the answer, Date and Retry-After included.`,
      ],
    ],
    '--origin',
    shop,
    '--header',
    'X-CSRF-Token: 2',
  );
});

describe('a page elsewhere that sends cookies', () => {
  eachOf(
    [
      [
        'must be allowed to',
        header('Access-Control-Allow-Credentials'),
        'wrong    cors: `Access-Control-Allow-Credentials` should be true, but was missing.',
      ],
      [
        'must be named',
        header('Access-Control-Allow-Origin', '*'),
        `wrong    cors: \`Access-Control-Allow-Origin\` should be ${shop}, but was \`*\`.`,
      ],
      [
        'must have its headers named',
        header('Access-Control-Allow-Headers', '*'),
        'wrong    preflight: `Access-Control-Allow-Headers` should have content-type, but has not.',
      ],
    ],
    '--origin',
    shop,
    '--credentials',
    'include',
  );
});

describe('a page that nobody knows', () => {
  const words = 'an origin that is not listed should be granted nothing, but may';
  const foreign = 'https://pay-checkout-check.invalid';
  eachOf([
    [
      'must not use the cookies of shoppers',
      when(isStranger, granting(foreign, true)),
      `wrong    strangers: ${words} use the cookies of your shoppers.`,
    ],
    [
      'must not be let in by the preflight alone either',
      when((asked) => isStranger(asked) && isPreflight(asked), granting(foreign, true)),
      `wrong    strangers: ${words} use the cookies of your shoppers.`,
    ],
    ['may read answers, with a warning', when(isStranger, granting(foreign, false)), `warning  strangers: ${words} read the answers.`],
    ['may read answers that are for everybody, with a warning', granting('*', false), `warning  strangers: ${words} read the answers.`],
    ['cannot read what is for another one', granting(shop, true), 'ok       strangers: an origin that is not listed is granted nothing.'],
  ]);
});

describe('an outcome endpoint', () => {
  const said = (json: unknown) => when(isOutcome, () => Response.json(json, { headers: { 'Cache-Control': 'no-store' } }));
  eachOf(
    [
      [
        'that believes the page is wrong',
        said({ outcome: 'paid' }),
        'wrong    outcome verdict: a made-up payment should never be paid, but is: the endpoint believes the page.',
      ],
      ['may decline', said({ outcome: 'declined' }), 'ok       outcome verdict: a made-up payment is declined.'],
      ['may refuse', when(isOutcome, answered(422)), 'ok       outcome verdict: a made-up payment is refused with 422.'],
      [
        'that says nothing of use is wrong',
        said({ status: 'ok' }),
        "wrong    outcome verdict: The outcome endpoint's answer: `outcome` should be paid, pending or declined, but was missing.",
      ],
      [
        'that is not there is wrong',
        when(isOutcome, answered(404)),
        'wrong    outcome verdict: a made-up payment was answered with 404: is the address right?',
      ],
      [
        'that fails is warned of',
        when(isOutcome, answered(502)),
        'warning  outcome verdict: a made-up payment should be declined or refused, but was answered with 502.',
      ],
      [
        'that may be kept is wrong',
        when(isOutcome, header('Cache-Control')),
        'wrong    outcome cache: `Cache-Control` should be no-store, but was missing.',
      ],
      [
        'that takes GET is warned of',
        when(({ url, method }) => url.endsWith('/outcome') && method === 'GET', answered(200)),
        'warning  outcome method: GET should be answered with 405, but was with 200.',
      ],
      [
        'that tells a credential is wrong',
        said({ outcome: 'pending', client_secret: 'sample-value-of-a-credential' }),
        'wrong    outcome secrets: `client_secret` should never leave the backend, but is in an answer.',
      ],
    ],
    '--outcome',
    '<outcome>',
  );
});

/** No server listens there, and the system gives no process a port below 1024 by itself. */
const unusedPort = 2;

describe('an endpoint that does not answer', () => {
  it('is told by the code of what went wrong', async () => {
    const { code, text } = await check({ url: `http://127.0.0.1:${unusedPort}/token` });
    expect(text).toMatch(/wrong {4}reach: the endpoint could not be reached \(ECONNREFUSED\)\.\n\n1 ok, 0 warnings, 1 wrong\n$/);
    expect(code).toBe(1);
  });

  it('is told that the connection broke', async () => {
    const endpoint = await serve();
    endpoint.server.prependListener('request', (_, response) => response.destroy());
    expect((await check(endpoint)).text).toMatch(/wrong {4}reach: the endpoint could not be reached \(UND_ERR_SOCKET\)\./);
  });

  it('is given up after as long as the element waits', async () => {
    const endpoint = await serve(() => new Promise(() => {}));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const checked = check(endpoint);
    await arrived(endpoint);
    await vi.advanceTimersByTimeAsync(15_000);
    expect((await checked).text).toContain('wrong    reach: the endpoint did not answer within 15 s.');
  });
});

async function arrived({ asked }: Endpoint): Promise<void> {
  while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
}
