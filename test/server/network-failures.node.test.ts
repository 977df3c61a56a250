import dns from 'node:dns';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { serve as serveHono } from '@hono/node-server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEndpoints, fakePayme, nonce, createRequest, readResponse, secrets, tokenBody } from './fake-payme.js';

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Starts Pay-me on a real socket. `listener` answers `/nonce`; `/token` is answered as documented. */
async function startPayme(listener: RequestListener) {
  const bearer = JSON.stringify({ action: 'authorize', success: true, access_token: secrets.bearer, expires_in: 8600 });
  const server = createServer((request, response) => {
    if (request.url === '/token') response.end(bearer);
    else listener(request, response);
  });
  return redirectFetch(`http://127.0.0.1:${await listen(server)}`);
}

/** The runtime's own `fetch`, redirected from Pay-me to `origin`. `count` counts the calls to a path. */
function redirectFetch(origin: string) {
  const calls: string[] = [];
  const call = (url: string, init: RequestInit) => {
    calls.push(new URL(url).pathname);
    return fetch(`${origin}${new URL(url).pathname}`, init);
  };
  return { fetch: call, count: (path: string) => calls.filter((one) => one === path).length };
}

const good = JSON.stringify({ action: 'create.nonce', success: true, nonce, expires_in: 30 });
const requestToken = (upstream: ReturnType<typeof redirectFetch>) =>
  readResponse(createEndpoints(fakePayme(), { fetch: upstream.fetch }).token(createRequest(tokenBody)));

/** Sends half of the declared response, then closes the connection. */
function sendHalf(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': good.length });
  response.write(good.slice(0, good.length / 2), () => response.destroy());
}

const failures: [string, RequestListener, type: string, status: number, retryable: boolean, tries: number][] = [
  ['half a response', (_, response) => sendHalf(response), 'upstream-answer', 502, true, 2],
  ['a closed connection', ({ socket }) => socket.destroy(), 'upstream-failed', 502, true, 2],
  ['bytes that are not HTTP', ({ socket }) => socket.end('+OK ready\r\n'), 'upstream-failed', 502, true, 2],
  ['an HTML page', (_, response) => response.end('<!doctype html><title>Maintenance</title>'), 'upstream-answer', 502, true, 2],
  ['an empty 200', (_, response) => response.end(), 'upstream-answer', 502, true, 2],
  ['500', (_, response) => response.writeHead(500).end(secrets.body), 'upstream-failed', 502, true, 2],
  ['429 for a minute', (_, response) => response.writeHead(429, { 'Retry-After': '60' }).end(), 'upstream-busy', 503, true, 1],
  ['401', (_, response) => response.writeHead(401).end(secrets.body), 'upstream-credentials', 502, false, 1],
  ['a redirect', (_, response) => response.writeHead(308, { Location: 'http://127.0.0.1:1/' }).end(), 'upstream-request', 502, false, 1],
];

function expectProblem(
  { status, headers, json }: Awaited<ReturnType<typeof readResponse>>,
  type: string,
  expected: number,
  retryable: boolean,
) {
  expect([status, json.type, json.retryable]).toEqual([expected, `urn:pay-checkout:problem:${type}`, retryable]);
  expect(headers.get('Content-Type')).toBe('application/problem+json');
}

describe('createSend, over a real connection', () => {
  it('returns a token', async () => {
    expect((await requestToken(await startPayme((_, response) => response.end(good)))).json.token).toBe(nonce);
  });

  it.each(failures)('reports %s as the right problem', async (_, listener, type, status, retryable, tries) => {
    const upstream = await startPayme(listener);
    expectProblem(await requestToken(upstream), type, status, retryable);
    expect(upstream.count('/nonce')).toBe(tries);
  });

  it('succeeds on the retry after one broken response', async () => {
    let broken = 0;
    const upstream = await startPayme((_, response) => (broken++ === 0 ? sendHalf(response) : response.end(good)));
    expect((await requestToken(upstream)).status).toBe(200);
  });

  it('reports a TLS failure as unreachable', async () => {
    const port = await listen(createTcpServer((socket) => socket.on('error', () => {}).end('no TLS here\n')));
    const answer = await requestToken(redirectFetch(`https://127.0.0.1:${port}`));
    expectProblem(answer, 'upstream-failed', 502, true);
    expect(answer.json.detail).toMatch(/^Pay-me POST \/token could not be reached \(\w+\)\.$/);
  });

  it('reports a DNS failure as unreachable', async () => {
    vi.spyOn(dns, 'lookup').mockImplementation(((name: string, _: object, callback: (error: Error) => void) =>
      callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }))) as never);
    const answer = await requestToken(redirectFetch('https://auth.payme.example'));
    expectProblem(answer, 'upstream-failed', 502, true);
    expect(answer.json.detail).toBe('Pay-me POST /token could not be reached (ENOTFOUND).');
  });

  it('reports a refused connection as unreachable', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect((await requestToken(redirectFetch(`http://127.0.0.1:${port}`))).json.detail).toContain('(ECONNREFUSED)');
  });
});

describe('pay.token, over a real connection', () => {
  it('aborts the upstream call when the shopper disconnects', async () => {
    let onRequest = () => {};
    let onClose = () => {};
    const requested = new Promise<void>((resolve) => (onRequest = resolve));
    const closed = new Promise<void>((resolve) => (onClose = resolve));
    const upstream = await startPayme((_, response) => {
      response.on('close', onClose);
      onRequest();
    });
    const pay = createEndpoints(fakePayme(), { fetch: upstream.fetch });
    const server = serveHono({ fetch: pay.token, port: 0, hostname: '127.0.0.1' });
    cleanUps.push(() => server.close());
    if (!server.listening) await once(server, 'listening');
    const leaving = new AbortController();
    const { method, headers, body } = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(tokenBody) };
    const answer = fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { method, headers, body, signal: leaving.signal });
    await requested;
    leaving.abort();
    await expect(answer).rejects.toThrow('aborted');
    await closed;
    expect(upstream.count('/nonce')).toBe(1);
  });
});
