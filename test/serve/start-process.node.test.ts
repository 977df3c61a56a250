import { describe, expect, it } from 'vitest';
import { deferred } from '../support/deferred.js';
import { startAll } from './support.js';

const body = { provider: 'payroc', environment: 'sandbox', order: 'U-1001' };

describe('startProcess', () => {
  it('is ready without Redis, and says once what is lost with the process', async () => {
    const { process, log } = await startAll();
    expect((await fetch(`${process.url}/readyz`)).status).toBe(200);
    const lines = log.filter(({ level }) => level === 'warn').map(({ msg }) => msg);
    expect(lines).toEqual([expect.stringMatching(/^REDIS_URL is not set\. /)]);
  });

  it('limits a visitor, and counts what it refused', async () => {
    const { post, process } = await startAll({ PAY_RATE_LIMIT: '1' });
    expect((await post('/api/pay/token', body)).status).toBe(200);
    expect((await post('/api/pay/token', body)).status).toBe(429);
    expect(await (await fetch(`${process.url}/metrics`)).text()).toContain('pay_checkout_rate_limited_total{endpoint="token"} 1');
  });

  it('warns once of a proxy that is not trusted', async () => {
    const { post, log, shop } = await startAll({ PAY_TRUSTED_PROXIES: '203.0.113.1' });
    for (const address of ['198.51.100.1', '198.51.100.2']) await post('/api/pay/token', body, { 'X-Forwarded-For': address });
    const warnings = log.filter(({ msg }) => String(msg as string).startsWith('A proxy that is not trusted'));
    expect(warnings).toHaveLength(1);
    expect(shop.calls.map(({ headers }) => headers.get('X-Forwarded-For'))).toEqual(['127.0.0.1', '127.0.0.1']);
  });

  it('ends a request in progress before it closes', async () => {
    const { post, process, shop } = await startAll();
    const [arrived, answer] = [deferred(), deferred()];
    shop.intercept = async () => {
      arrived.resolve();
      await answer.promise;
      return undefined;
    };
    const response = post('/api/pay/token', body);
    await arrived.promise;
    const closed = process.close();
    answer.resolve();
    expect((await response).status).toBe(200);
    await closed;
    await expect(fetch(`${process.url}/healthz`)).rejects.toThrow();
  });
});
