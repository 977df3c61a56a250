import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { paymeCards } from '../../src/testing.js';
import { itWithCommand } from './it-with-command.js';
import { proxies, send, startProxy, type Answer } from './proxies.js';
import { atEnd, serveHttp, serveStandIns, startAll } from './support.js';

const body = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };
const serveShopPages = () => serveHttp(() => new Response('a page of the shop'));

/** Serves a process that is killed while it handles a POST. Its health is good. */
async function serveBroken(): Promise<{ url: string; received: () => number }> {
  let received = 0;
  const server = createHttpServer(({ method }, response) => {
    if (method === 'GET') return void response.end();
    received++;
    response.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received: () => received };
}

/** Returns an address that refuses connections. */
async function findClosedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe.each(Object.entries(proxies))('the block for %s in docs/serve-deployment.md', (_, proxy) => {
  const test = itWithCommand(proxy.command);

  test('takes a payment through two processes', async () => {
    const first = await startAll();
    const { shop, standIns } = first;
    const urls = { PAY_ORDER_URL: `${shop.url}/order`, PAY_OUTCOME_URL: `${shop.url}/outcome` };
    const second = await startAll({ ...urls, PAY_STAND_INS: await serveStandIns(standIns) });
    const front = await startProxy(proxy, { processes: [first.process.url, second.process.url], shop: await serveShopPages() });
    const token = await send(front, '/api/pay/token', { json: body });
    const result = await standIns.pay({ provider: 'payme', answer: JSON.parse(token.text) as unknown, card: paymeCards.approved });
    const outcome = await send(front, '/api/pay/outcome', { json: { ...body, attempt: 1, result } });
    expect(JSON.parse(outcome.text)).toEqual({ outcome: 'paid' });
    expect(shop.outcomes()).toEqual([expect.objectContaining({ outcome: 'paid' })]);
  });

  test('reports the address of the visitor, whatever the visitor claims', async () => {
    const { process, shop } = await startAll({ PAY_RATE_LIMIT: '1' });
    const front = await startProxy(proxy, { processes: [process.url, process.url], shop: await serveShopPages() });
    const claim = (from: string, address: string) =>
      send(front, '/api/pay/token', { json: body, from, headers: { 'X-Forwarded-For': address } });
    const answers: Answer[] = [];
    for (const [from, address] of [
      ['127.0.0.2', '203.0.113.1'],
      ['127.0.0.2', '203.0.113.2'],
      ['127.0.0.3', '203.0.113.1'],
    ] as const)
      answers.push(await claim(from, address));
    expect(answers.map(({ status }) => status)).toEqual([200, 429, 200]);
    expect(shop.calls.map(({ headers }) => headers.get('X-Forwarded-For'))).toEqual(['127.0.0.2', '127.0.0.3']);
  });

  test('forwards nothing outside of the base path', async () => {
    const { process } = await startAll();
    const front = await startProxy(proxy, { processes: [process.url, process.url], shop: await serveShopPages() });
    const paths = [
      '/operations/query',
      '/metrics',
      '/healthz',
      '/readyz',
      '/api/pay/../metrics',
      '/api/pay/%2e%2e/metrics',
      '/api/pay/..%2fmetrics',
    ];
    for (const path of paths) {
      const { text } = await send(front, path, { method: 'GET' });
      expect(text, path).not.toMatch(/pay_checkout_|^ok$|^ready$|unauthorized/m);
    }
  });

  test('never repeats a POST that was sent', async () => {
    const { process, log } = await startAll();
    const broken = await serveBroken();
    const front = await startProxy(proxy, { processes: [broken.url, process.url], shop: await serveShopPages() });
    const answers: Answer[] = [];
    for (let count = 0; count < 4; count++) answers.push(await send(front, '/api/pay/token', { json: body }));
    const failures = answers.filter(({ status }) => status === 502).length;
    expect(failures).toBe(broken.received());
    expect(failures).toBeGreaterThan(0);
    expect(log.filter(({ phase }) => phase === 'request')).toHaveLength(answers.length - failures);
  });

  test('uses the second process if it cannot connect to the first', async () => {
    const { process } = await startAll();
    const front = await startProxy(proxy, { processes: [await findClosedPort(), process.url], shop: await serveShopPages() });
    for (let count = 0; count < 3; count++) expect((await send(front, '/api/pay/token', { json: body })).status).toBe(200);
  });
});
