import { describe, expect, it, vi } from 'vitest';
import { providerNames } from '../../../src/testing/providers.js';
import { check, report, serve, shop } from './support.js';

const allChecks = (url: string) => ['--origin', shop, '--credentials', 'include', '--header', 'Cookie: visitor=1', '--outcome', url];

describe('pay-checkout check', () => {
  it.each(providerNames)('finds nothing wrong with our own endpoints for %s', async (provider) => {
    const { url, outcome } = await serve();
    const args = ['check', url, '--provider', provider, '--environment', 'sandbox', '--order', 'A-1001'];
    const { code, text, errors } = await report([...args, ...allChecks(outcome)]);
    expect(text).toMatch(/\n26 ok, 0 warnings, 0 wrong\n$/);
    expect([code, errors]).toEqual([0, '']);
  });

  it('prints one line per finding', async () => {
    const endpoint = await serve();
    const { text } = await check(endpoint, ...allChecks(endpoint.outcome));
    expect(text.trimEnd().split('\n').slice(0, -2)).toEqual(
      [
        `asked: ${endpoint.url} for payme in sandbox.`,
        'status: 200.',
        'content type: application/json.',
        'cache: `Cache-Control` has no-store.',
        "clock: `Date` agrees with this machine's clock.",
        `preflight: 204 for ${shop}.`,
        `cors: ${shop} may read the response, including Date and Retry-After.`,
        'shape: the element can read it.',
        'life: 30 s of the 30 s that a token of payme lives are left when it arrives; the element opens no form with less than 5 s.',
        'config: it has what the form needs.',
        'latency: 0 ms, then 0 ms.',
        'new: each request gets its own token.',
        'log: each response has its own `X-Request-Id`, which finds its line in your log.',
        'method: GET is answered with 405.',
        'environment: a page of `production` is refused with 422.',
        'order: an unknown order is refused with 404.',
        'errors: all are application/problem+json.',
        'strangers: an unlisted origin gets no access.',
        'secrets: no response contains a value that is named like a credential or looks like one.',
        'outcome verdict: a made-up payment is pending.',
        'outcome cache: `Cache-Control` has no-store.',
        'outcome method: GET is answered with 405.',
        'outcome errors: all are application/problem+json.',
        `outcome preflight: 204 for ${shop}.`,
        `outcome cors: ${shop} may read the response, including Date and Retry-After.`,
        'outcome secrets: no response contains a value that is named like a credential or looks like one.',
      ].map((line) => `ok       ${line}`),
    );
  });

  it('sends the same request as the element', async () => {
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

  it('sends no order without --order, not even an unknown one', async () => {
    const { url, asked } = await serve();
    const { code, text } = await report(['check', url, '--provider', 'payme', '--environment', 'sandbox']);
    expect(asked.filter(({ body }) => 'order' in body)).toEqual([]);
    expect([code, text]).toEqual([0, expect.not.stringContaining('order:')]);
  });

  it('does not check CORS for a page on the same origin', async () => {
    const { url, asked } = await serve();
    const { text } = await check({ url });
    expect(text).not.toMatch(/preflight|cors/);
    expect(asked.filter(({ method }) => method === 'OPTIONS')).toHaveLength(1);
  });

  it('sends a preflight without cookies that requests the headers of --header', async () => {
    const { url, asked } = await serve();
    await check({ url }, '--origin', shop, '--header', 'Cookie: visitor=1', '--header', 'X-CSRF-Token: 2');
    const { headers } = asked.find(({ method }) => method === 'OPTIONS')!;
    expect(headers.get('Access-Control-Request-Headers')).toBe('content-type,x-csrf-token');
    expect([headers.get('Cookie'), headers.get('X-CSRF-Token')]).toEqual([null, null]);
  });

  it('never makes an outcome endpoint charge a card', async () => {
    const { url, outcome, asked } = await serve();
    await report(['check', url, '--provider', 'payroc', '--environment', 'sandbox', '--order', 'A-1001', '--outcome', outcome]);
    const { result } = asked.find((one) => one.url === outcome && one.method === 'POST')!.body as { result: object };
    expect(result).not.toHaveProperty('singleUseToken');
  });

  it('prints one JSON document with --json', async () => {
    const endpoint = await serve();
    const { text } = await check(endpoint, '--json');
    const { findings, count } = JSON.parse(text) as { findings: object[]; count: object };
    expect(findings[1]).toEqual({ level: 'ok', check: 'status', message: '200.' });
    expect(count).toEqual({ ok: findings.length, warning: 0, wrong: 0 });
  });

  it('prints colours only on a terminal without NO_COLOR', async () => {
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

describe('pay-checkout check without --provider or --environment', () => {
  it('checks a provider that the endpoint serves', async () => {
    const { url } = await serve();
    const { code, text } = await report(['check', url, '--environment', 'sandbox', '--order', 'A-1001']);
    expect([code, text]).toEqual([0, expect.stringContaining('for izipay in sandbox.')]);
  });

  it('checks an environment that the endpoint serves', async () => {
    const { url, asked } = await serve();
    const { text } = await report(['check', url, '--provider', 'payme']);
    expect(text).toContain('for payme in sandbox.');
    expect(asked.slice(0, 2).map(({ body }) => body.environment)).toEqual(['sandbox', 'sandbox']);
  });

  it('checks the provider that the config is for, if the endpoint answers for each', async () => {
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

  it('checks the first provider that gets a token, if no config is valid', async () => {
    const { url } = await serve((_, { body }) => {
      return body.provider === 'payme' ? Response.json({ token: 'sample-token' }) : new Response(null, { status: 404 });
    });
    expect((await report(['check', url])).text).toMatch(/for payme in sandbox.[^]*wrong +config:/);
  });

  it('does not take an invalid config of another provider for one that is optional', async () => {
    const { url } = await serve((_, { body }) =>
      ['payme', 'payroc'].includes(String(body.provider))
        ? Response.json({ token: 'sample-token', config: { payload: {} } })
        : new Response(null, { status: 404 }),
    );
    expect((await report(['check', url])).text).toMatch(/for payme in sandbox.[^]*wrong +config:/);
  });

  it('checks the provider that it would serve for an order, and suggests --order', async () => {
    const answer = (status: number, kind: string) => Response.json({ type: `urn:pay-checkout:problem:${kind}` }, { status });
    const { url } = await serve((_, { body }) =>
      body.provider === 'payme' && body.environment === 'sandbox' ? answer(404, 'refused') : answer(422, 'mismatch'),
    );
    const { text } = await report(['check', url]);
    expect(text).toContain('for payme in sandbox.');
    expect(text).toContain(
      'should be 200 or 201, but was 404 (refused): the request named no order; pass one that can be paid with --order.',
    );
    expect((await report(['check', url, '--order', 'A-1001'])).text).not.toContain('named no order');
  });

  it('checks an endpoint that serves no provider', async () => {
    const { url } = await serve(() => new Response(null, { status: 404 }));
    expect(await report(['check', url])).toMatchObject({ code: 1, text: expect.stringMatching(/wrong +status:/) as string });
  });
});
