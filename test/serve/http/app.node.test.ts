import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { InFlight } from '../../../src/serve/http/in-flight.js';
import { listen } from '../../../src/serve/http/listen.js';
import { acceptEveryOrder, createShoppers, payAt, post } from '../payments.js';
import { atEnd, operationsKey, startAll } from '../support.js';

const tokenBody = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };

describe('the addresses of the process', () => {
  it('report that it lives, that it is ready, and its metrics', async () => {
    const { process } = await startAll();
    const get = async (path: string) => {
      const response = await fetch(process.url + path);
      return [response.status, await response.text()];
    };
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
    expect(await get('/readyz')).toEqual([200, 'ready\n']);
    expect(await get('/metrics')).toEqual([200, expect.stringContaining('pay_checkout_outcome_calls_waiting 0')]);
  });

  it('answer 404 with a problem where there is nothing', async () => {
    const { process } = await startAll();
    const response = await fetch(`${process.url}/wp-login.php`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      type: 'urn:pay-checkout:problem:absent',
      detail: expect.stringContaining('docs/serve.md') as string,
    });
  });

  it('are under the base path of the configuration', async () => {
    const { post } = await startAll({ PAY_BASE_PATH: '/checkout' });
    expect((await post('/checkout/token', tokenBody)).status).toBe(200);
    expect((await post('/api/pay/token', tokenBody)).status).toBe(404);
  });

  it('include notifications and returns', async () => {
    const { post, process } = await startAll();
    expect((await post('/api/pay/notifications/izipay', {})).status).toBe(403);
    expect((await post('/api/pay/notifications/paypal', {})).status).toBe(404);
    expect((await fetch(`${process.url}/api/pay/returns/izipay`, { redirect: 'manual' })).status).not.toBe(404);
  });

  it('have no operations without a key', async () => {
    const { post } = await startAll({ PAY_OPERATIONS_KEY: '' });
    expect((await post('/operations/query', {}, { Authorization: `Bearer ${operationsKey}` })).status).toBe(404);
  });
});

describe('a port that is taken', () => {
  it('is named with the reason', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    atEnd(() => new Promise((resolve) => other.close(resolve)));
    const { port } = other.address() as AddressInfo;
    await expect(listen(() => new Response(), { host: '127.0.0.1', port })).rejects.toThrow(
      `PORT: 127.0.0.1:${port} cannot be used (EADDRINUSE).`,
    );
  });

  it('keeps the process from starting', async () => {
    const { process } = await startAll();
    await expect(startAll({ PORT: new URL(process.url).port })).rejects.toThrow('EADDRINUSE');
  });
});

describe('a process that is closing', () => {
  it('waits for the request in progress, and closes its connection', async () => {
    const { process, shop } = await startAll();
    let release = (): void => {};
    const isHeld = new Promise<void>((held) => {
      shop.intercept = () => new Promise((resolve) => ((release = () => resolve(undefined)), held()));
    });
    const answer = post(`${process.url}/api/pay/token`, tokenBody);
    await isHeld;
    const closed = process.close();
    release();
    const response = await answer;
    expect([response.status, response.headers.get('Connection')]).toEqual([200, 'close']);
    await closed;
  });

  it('waits for an outcome whose page has left', async () => {
    const { process, shop, standIns } = await startAll();
    shop.intercept = acceptEveryOrder;
    const send = (path: string, body: object) => post(`${process.url}${path}`, body);
    const body = await payAt(send, standIns, createShoppers(1)[0]!);
    const page = new AbortController();
    let isDelivered = false;
    let deliver = (): void => {};
    const isHeld = new Promise<void>((held) => {
      shop.intercept = (call) => {
        if (call.path !== '/outcome') return acceptEveryOrder(call);
        return new Promise((resolve) => ((deliver = () => resolve(undefined)), held()));
      };
    });
    const headers = { 'Content-Type': 'application/json', Cookie: 'visitor=ana' };
    const options = { method: 'POST', headers, body: JSON.stringify(body), signal: page.signal };
    const answer = fetch(`${process.url}/api/pay/outcome`, options).catch(() => 'left');
    await isHeld;
    page.abort();
    expect(await answer).toBe('left');
    const closed = process.close().then(() => expect(isDelivered).toBe(true));
    isDelivered = true;
    deliver();
    await closed;
  });
});

describe('InFlight', () => {
  it('waits for work that began meanwhile, and for work that fails', async () => {
    const inFlight = new InFlight();
    const ended = vi.fn();
    let [fail, finish] = [(): void => {}, (): void => {}];
    const failing = inFlight.add(new Promise((_, reject) => (fail = () => reject(new Error('It failed.')))));
    const drained = inFlight.drain().then(ended);
    void inFlight.add(new Promise<void>((resolve) => (finish = resolve)));
    fail();
    await expect(failing).rejects.toThrow('It failed.');
    expect(ended).not.toHaveBeenCalled();
    finish();
    await drained;
  });
});
