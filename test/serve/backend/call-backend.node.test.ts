import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BackendError } from '../../../src/serve/backend/backend-error.js';
import { createBackendCaller, type BackendCall } from '../../../src/serve/backend/call-backend.js';
import { signCall } from '../../../src/serve/backend/sign-call.js';
import { deferred } from '../../support/deferred.js';
import { atEnd, backendSecret, isSigned, serveHttp } from '../support.js';

const older = 'an-older-secret-of-the-tests-32-characters';

afterEach(() => void vi.useRealTimers());

/** Sends an `order` call to the address. */
function call(url: string, details: Partial<BackendCall> = {}, secrets: readonly string[] = [backendSecret]) {
  return createBackendCaller(secrets)({ name: 'order', url, body: { call: 'order' }, ...details });
}

async function failure(work: Promise<unknown>): Promise<BackendError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof BackendError) return error;
  throw new Error('A BackendError was expected.', { cause: error });
}

describe('signCall', () => {
  const body = '{"call":"order","order":"A-1001"}';
  const moment = 1_700_000_000_999;

  it.each([
    ['one secret', [backendSecret]],
    ['an empty body', [backendSecret]],
    ['two secrets', [backendSecret, older]],
  ])('can be verified with %s', (name, secrets) => {
    const text = name === 'an empty body' ? '' : body;
    const headers = new Headers({ 'Pay-Checkout-Signature': signCall(text, secrets) });
    for (const secret of secrets) expect(isSigned({ headers, text }, secret)).toBe(true);
    expect(isSigned({ headers, text }, 'another-secret')).toBe(false);
    expect(isSigned({ headers, text: `${text} ` }, backendSecret)).toBe(false);
  });

  it('has the time in whole seconds, and one signature for each secret', () => {
    expect(signCall(body, [backendSecret, older], moment)).toMatch(/^t=1700000000,v1=[\da-f]{64},v1=[\da-f]{64}$/);
  });

  // printf '%s' '1700000000.{"call":"order","order":"A-1001"}' | openssl dgst -sha256 -hmac "$secret"
  it('equals what OpenSSL computes', () => {
    expect(signCall(body, [backendSecret], moment)).toBe(
      't=1700000000,v1=d99248435761bda261e1e02dae50deaa1897ce72a7ffeaaec77ed7b3d35056ab',
    );
    expect(signCall('{"name":"José ☕"}', [backendSecret], moment)).toBe(
      't=1700000000,v1=e0e6b718e63a8d84c6e184daf0ffb8c7adbe03a5387ebd69100ad1a6e2a449e8',
    );
  });
});

describe('createBackendCaller', () => {
  it('sends a signed JSON request', async () => {
    const received = deferred<{ readonly method: string; readonly headers: Headers; readonly text: string }>();
    const url = await serveHttp(async (request) => {
      received.resolve({ method: request.method, headers: request.headers, text: await request.text() });
      return Response.json({ reference: 'A-1001' });
    });
    const headers = new Headers({ Cookie: 'visitor=ana' });
    const response = await call(`${url}/order?shop=1`, { body: { call: 'order', order: 'José ☕' }, headers, requestId: 'r-1' });
    expect(response).toEqual({ status: 200, json: { reference: 'A-1001' } });
    const request = await received.promise;
    expect([request.method, request.text]).toEqual(['POST', '{"call":"order","order":"José ☕"}']);
    expect(Object.fromEntries(request.headers)).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
      cookie: 'visitor=ana',
      'x-request-id': 'r-1',
    });
    expect(isSigned(request)).toBe(true);
  });

  it('does not let a visitor choose the headers of the call itself', async () => {
    const url = await serveHttp(({ headers }) => Response.json(Object.fromEntries(headers)));
    const headers = new Headers({ 'Pay-Checkout-Signature': 't=1,v1=forged', 'X-Request-Id': 'theirs', Accept: 'text/html' });
    const { json } = await call(url, { headers, requestId: 'ours' });
    expect(json).toMatchObject({ accept: 'application/json', 'x-request-id': 'ours' });
    expect(json).not.toMatchObject({ 'pay-checkout-signature': 't=1,v1=forged' });
  });

  it.each([
    ['no body', () => new Response(null, { status: 204 }), 204],
    ['HTML', () => new Response('<html>'), 200],
    ['a body above 256 KiB', () => new Response(JSON.stringify('x'.repeat(256 * 1024))), 200],
  ])('returns the status without JSON for %s', async (_, respond, status) => {
    expect(await call(await serveHttp(respond))).toEqual({ status, json: undefined });
  });

  it('returns the status without JSON for a body that breaks off', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('{"reference":', () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    atEnd(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as AddressInfo;
    expect(await call(`http://127.0.0.1:${port}`)).toEqual({ status: 200, json: undefined });
  });

  it('does not follow a redirect', async () => {
    const paths: string[] = [];
    const url = await serveHttp((request) => {
      paths.push(new URL(request.url).pathname);
      return new Response(null, { status: 302, headers: { Location: '/login' } });
    });
    expect(await call(`${url}/order`)).toEqual({ status: 302, json: undefined });
    expect(paths).toEqual(['/order']);
  });

  it('names the address without its query, and the cause, if the shop cannot be reached', async () => {
    const error = await failure(call('http://127.0.0.1:1/order?key=secret'));
    expect(error.message).toMatch(
      /^The shop's `order` call to http:\/\/127\.0\.0\.1:1\/order could not be reached( \(\w+\))?\. Check that the shop's backend is running at this address\.$/,
    );
  });

  it('names the code of the cause', async () => {
    const url = await serveHttp(() => new Response());
    const closed = url.replace('http:', 'https:');
    expect((await failure(call(closed))).message).toMatch(/ could not be reached \(\w+\)\. /);
  });

  it('ends after 5 s if the shop does not respond', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const arrived = deferred();
    const url = await serveHttp(() => {
      arrived.resolve();
      return new Promise<Response>(() => {});
    });
    const failed = failure(call(url));
    await arrived.promise;
    vi.advanceTimersByTime(5_000);
    expect((await failed).message).toBe(
      `The shop's \`order\` call to ${url} did not respond within 5 s. Check that the shop's backend is running at this address.`,
    );
  });

  it('ends after 5 s if the body does not end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const arrived = deferred();
    const url = await serveHttp(() => {
      arrived.resolve();
      return new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) }));
    });
    const failed = failure(call(url));
    await arrived.promise;
    vi.advanceTimersByTime(5_000);
    expect((await failed).message).toContain('did not respond within 5 s');
  });

  it('ends with the request of a visitor who has left', async () => {
    const arrived = deferred();
    const url = await serveHttp(() => {
      arrived.resolve();
      return new Promise<Response>(() => {});
    });
    const visitor = new AbortController();
    const work = call(url, { signal: visitor.signal });
    await arrived.promise;
    const reason = new Error('left');
    visitor.abort(reason);
    await expect(work).rejects.toBe(reason);
  });
});
