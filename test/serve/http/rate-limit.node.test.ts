import { RateLimiterMemory } from 'rate-limiter-flexible';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRateLimit } from '../../../src/serve/http/rate-limit.js';
import { startAll } from '../support.js';

const tokenBody = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };

afterEach(() => vi.restoreAllMocks());

/** Counts two requests from the addresses with a limit of one. Returns whether the second is allowed. */
async function allowsSecond(first: string, second: string): Promise<boolean> {
  const limitRate = createRateLimit({ points: 1, prefix: 'pay-checkout', onLimited: vi.fn() });
  await limitRate('token', first);
  return limitRate('token', second).then(
    () => true,
    () => false,
  );
}

describe('the rate limit', () => {
  it.each([
    ['one address', '203.0.113.7', '203.0.113.7'],
    ['an IPv4 address in the notation of IPv6', '203.0.113.7', '::ffff:203.0.113.7'],
    ['two addresses of one IPv6 network', '2001:db8::1', '2001:db8::ffff:1'],
  ])('counts %s as one visitor', async (_, first, second) => expect(await allowsSecond(first, second)).toBe(false));

  it.each([
    ['two addresses', '203.0.113.7', '203.0.113.8'],
    ['two IPv6 networks', '2001:db8:0:1::1', '2001:db8:0:2::1'],
  ])('counts %s apart', async (_, first, second) => expect(await allowsSecond(first, second)).toBe(true));

  it('counts each endpoint apart', async () => {
    const limitRate = createRateLimit({ points: 1, prefix: 'pay-checkout', onLimited: vi.fn() });
    await limitRate('token', '203.0.113.7');
    await expect(limitRate('outcome', '203.0.113.7')).resolves.toBeUndefined();
  });

  it.each([
    ['with the port of the visitor', '203.0.113.7', '203.0.113.7:5678'],
    ['that is no address', 'unknown', 'unknown'],
  ])('counts a text %s', async (_, first, second) => expect(await allowsSecond(first, second)).toBe(false));

  it('allows ten times as many outcomes, and lets the page ask again soon', async () => {
    const onLimited = vi.fn();
    const limitRate = createRateLimit({ points: 1, prefix: 'pay-checkout', onLimited });
    for (let n = 0; n < 10; n++) await limitRate('outcome', '203.0.113.7');
    const refused = await limitRate('outcome', '203.0.113.7').catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: 'too-many', retryAfter: 10_000 });
    expect(onLimited.mock.calls).toEqual([['outcome', '203.0.113.7']]);
  });

  it('is off at 0', async () => {
    const limitRate = createRateLimit({ points: 0, prefix: 'pay-checkout', onLimited: vi.fn() });
    for (let n = 0; n < 3; n++) await expect(limitRate('token', '203.0.113.7')).resolves.toBeUndefined();
  });

  it('allows a request that cannot be counted', async () => {
    vi.spyOn(RateLimiterMemory.prototype, 'consume').mockRejectedValue(new Error('The counter failed.'));
    expect(await allowsSecond('203.0.113.7', '203.0.113.7')).toBe(true);
  });

  it('refuses with 429 and the time to wait, which a page on another origin may read', async () => {
    const { post, process } = await startAll({ PAY_RATE_LIMIT: '1', PAY_ORIGINS: 'https://shop.example' });
    const headers = { Origin: 'https://shop.example', 'X-Forwarded-For': '203.0.113.7' };
    await post('/api/pay/token', tokenBody, headers);
    const refused = await post('/api/pay/token', tokenBody, headers);
    expect([refused.status, refused.headers.get('Access-Control-Allow-Origin')]).toEqual([429, 'https://shop.example']);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    const preflight = await fetch(`${process.url}/api/pay/token`, { method: 'OPTIONS', headers });
    expect(preflight.status).toBeLessThan(300);
    const metrics = await (await fetch(`${process.url}/metrics`)).text();
    expect(metrics).toContain('pay_checkout_rate_limited_total{endpoint="token"} 1');
  });

  it('counts the visitors behind a trusted proxy apart', async () => {
    const { post } = await startAll({ PAY_RATE_LIMIT: '1' });
    const statuses: number[] = [];
    for (const visitor of ['203.0.113.7', '203.0.113.8', '203.0.113.7']) {
      statuses.push((await post('/api/pay/token', tokenBody, { 'X-Forwarded-For': visitor })).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('ignores the header of a proxy that is not trusted, and warns', async () => {
    const { post, log } = await startAll({ PAY_RATE_LIMIT: '1', PAY_TRUSTED_PROXIES: '192.0.2.1' });
    const statuses: number[] = [];
    for (const visitor of ['203.0.113.7', '203.0.113.8']) {
      statuses.push((await post('/api/pay/token', tokenBody, { 'X-Forwarded-For': visitor })).status);
    }
    expect(statuses).toEqual([200, 429]);
    expect(log.filter(({ msg }) => String(msg).startsWith('A proxy that is not trusted'))).toHaveLength(1);
  });
});
