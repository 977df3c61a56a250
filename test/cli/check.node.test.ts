import { describe, expect, it, vi } from 'vitest';
import { providerNames } from '../../src/testing/providers.js';
import { check, report, serve, shop } from './support.js';

const everything = (url: string) => ['--origin', shop, '--credentials', 'include', '--header', 'Cookie: visitor=1', '--outcome', url];

describe('pay-checkout check', () => {
  it.each(providerNames)('finds nothing wrong with our own endpoints for %s', async (provider) => {
    const { url, outcome } = await serve();
    const args = ['check', url, '--provider', provider, '--environment', 'sandbox', '--order', 'A-1001'];
    const { code, text, errors } = await report([...args, ...everything(outcome)]);
    expect(text).toMatch(/\n25 ok, 0 warnings, 0 wrong\n$/);
    expect([code, errors]).toEqual([0, '']);
  });

  it('tells what it looked at, one line a finding', async () => {
    const endpoint = await serve();
    const { text } = await check(endpoint, ...everything(endpoint.outcome));
    expect(text.trimEnd().split('\n').slice(0, -2)).toEqual(
      [
        `asked: ${endpoint.url} for payme in sandbox.`,
        'status: 200.',
        'content type: application/json.',
        'cache: `Cache-Control` has no-store.',
        "clock: `Date` agrees with this machine's clock.",
        `preflight: 204 for ${shop}.`,
        `cors: ${shop} may read the answer, Date and Retry-After included.`,
        'shape: the element can read it.',
        'life: 30 s of the 30 s that a token of payme lives are left when it arrives; the form is not begun with less than 5 s.',
        'config: it has what the form needs.',
        'latency: 0 ms, then 0 ms.',
        'new: each request is answered with a token of its own.',
        'method: GET is answered with 405.',
        'environment: a page of `production` is refused with 422.',
        'order: one that is unknown is refused with 404.',
        'errors: all are application/problem+json.',
        'strangers: an origin that is not listed is granted nothing.',
        'secrets: no answer holds anything that is named or looks like a credential.',
        'outcome verdict: a made-up payment is pending.',
        'outcome cache: `Cache-Control` has no-store.',
        'outcome method: GET is answered with 405.',
        'outcome errors: all are application/problem+json.',
        `outcome preflight: 204 for ${shop}.`,
        `outcome cors: ${shop} may read the answer, Date and Retry-After included.`,
        'outcome secrets: no answer holds anything that is named or looks like a credential.',
      ].map((line) => `ok       ${line}`),
    );
  });

  it('asks as the element asks', async () => {
    const { url, asked } = await serve();
    await check({ url }, '--header', 'Cookie: visitor=1', '--header', 'X-CSRF-Token: 2');
    const { method, headers, body } = asked[0]!;
    expect([method, body]).toEqual(['POST', { provider: 'payme', environment: 'sandbox', order: 'A-1001' }]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
      origin: new URL(url).origin,
      cookie: 'visitor=1',
      'x-csrf-token': '2',
    });
  });

  it('names no order where the page names none, and asks for none that is unknown', async () => {
    const { url, asked } = await serve();
    const { code, text } = await report(['check', url, '--provider', 'payme', '--environment', 'sandbox']);
    expect(asked.filter(({ body }) => 'order' in body)).toEqual([]);
    expect([code, text]).toEqual([0, expect.not.stringContaining('order:')]);
  });

  it('asks a page’s own origin for no CORS', async () => {
    const { url, asked } = await serve();
    const { text } = await check({ url });
    expect(text).not.toMatch(/preflight|cors/);
    expect(asked.filter(({ method }) => method === 'OPTIONS')).toHaveLength(1);
  });

  it('sends no cookie with a preflight, and asks there for the headers that the page adds', async () => {
    const { url, asked } = await serve();
    await check({ url }, '--origin', shop, '--header', 'Cookie: visitor=1', '--header', 'X-CSRF-Token: 2');
    const { headers } = asked.find(({ method }) => method === 'OPTIONS')!;
    expect(headers.get('Access-Control-Request-Headers')).toBe('content-type,x-csrf-token');
    expect([headers.get('Cookie'), headers.get('X-CSRF-Token')]).toEqual([null, null]);
  });

  it('never has an outcome endpoint sell', async () => {
    const { url, outcome, asked } = await serve();
    await report(['check', url, '--provider', 'payroc', '--environment', 'sandbox', '--order', 'A-1001', '--outcome', outcome]);
    const { result } = asked.find((one) => one.url === outcome && one.method === 'POST')!.body as { result: object };
    expect(result).not.toHaveProperty('singleUseToken');
  });

  it('writes one JSON document with --json', async () => {
    const endpoint = await serve();
    const { text } = await check(endpoint, '--json');
    const { findings, count } = JSON.parse(text) as { findings: object[]; count: object };
    expect(findings[1]).toEqual({ level: 'ok', check: 'status', message: '200.' });
    expect(count).toEqual({ ok: findings.length, warning: 0, wrong: 0 });
  });

  it('is coloured on a terminal that wants it, and nowhere else', async () => {
    const { url } = await serve(() => new Response(null, { status: 404 }));
    const args = ['check', url, '--provider', 'payme', '--environment', 'sandbox'];
    vi.stubEnv('NO_COLOR', '');
    expect((await report(args, true)).text).toContain('\n\x1b[31mwrong  \x1b[0m  status: ');
    expect((await report(args)).text).toContain('\nwrong    status: ');
    vi.stubEnv('NO_COLOR', '1');
    expect((await report(args, true)).text).toContain('\nwrong    status: ');
    vi.unstubAllEnvs();
  });
});

describe('an endpoint whose provider nobody named', () => {
  it('is checked for what it serves', async () => {
    const { url } = await serve();
    const { code, text } = await report(['check', url, '--environment', 'sandbox', '--order', 'A-1001']);
    expect([code, text]).toEqual([0, expect.stringContaining('for izipay in sandbox.')]);
  });

  it('is checked for the environment that it serves', async () => {
    const { url, asked } = await serve();
    const { text } = await report(['check', url, '--provider', 'payme']);
    expect(text).toContain('for payme in sandbox.');
    expect(asked.slice(0, 2).map(({ body }) => body.environment)).toEqual(['sandbox', 'sandbox']);
  });

  it('is checked for the provider that its config is for, where it answers for each', async () => {
    const config = {
      payload: {
        action: 'authorize',
        channel: 'ecommerce',
        merchant_code: 'your_merchant_code',
        merchant_operation_number: '123456789',
        payment_details: { amount: '1050', currency: '604', billing: {} },
      },
    };
    const { url } = await serve(() => Response.json({ token: 'sample-token', config }));
    expect((await report(['check', url])).text).toContain('for payme in sandbox.');
  });

  it('is checked for the first that gets a token, where no config is right', async () => {
    const { url } = await serve((_, { body }) => {
      return body.provider === 'payroc' ? Response.json({ token: 'sample-token' }) : new Response(null, { status: 404 });
    });
    expect((await report(['check', url])).text).toMatch(/for payroc in sandbox.[^]*wrong +config:/);
  });

  it('is checked for what it would serve if an order were named, and says so', async () => {
    const answer = (status: number, kind: string) => Response.json({ type: `urn:pay-checkout:problem:${kind}` }, { status });
    const { url } = await serve((_, { body }) =>
      body.provider === 'payme' && body.environment === 'sandbox' ? answer(404, 'refused') : answer(422, 'mismatch'),
    );
    const { text } = await report(['check', url]);
    expect(text).toContain('for payme in sandbox.');
    expect(text).toContain('should be 200 or 201, but was 404 (refused): no order was named: name one that may be paid, by --order.');
    expect((await report(['check', url, '--order', 'A-1001'])).text).not.toContain('no order was named');
  });

  it('is checked all the same where it serves none', async () => {
    const { url } = await serve(() => new Response(null, { status: 404 }));
    expect(await report(['check', url])).toMatchObject({ code: 1, text: expect.stringMatching(/wrong +status:/) as string });
  });
});
