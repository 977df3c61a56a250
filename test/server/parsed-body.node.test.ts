import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPayEndpoints, type Handler, type ReportedPayment, type ServerProvider, type VerifiedOutcome } from '../../src/server.js';
import { createEndpoints, createRequest, fakePayme, order, readResponse, tokenBody } from './fake-payme.js';

const closers: (() => unknown)[] = [];
afterEach(() => Promise.all(closers.splice(0).map((close) => close())));

/** Serves requests on loopback, and returns the address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function createToken() {
  const onError = vi.fn<(error: unknown) => void>();
  return { ...createEndpoints(fakePayme(), { onError }), onError };
}

/** Serves an endpoint behind middleware of Express. */
function serveExpress(handler: Handler, ...middleware: express.RequestHandler[]): Promise<string> {
  const app = express();
  for (const one of middleware) app.use(one);
  app.use(getRequestListener(handler));
  return serve(app);
}

/** Posts with a `Content-Length`, as browsers do. */
function post(url: string, body: BodyInit | object = tokenBody, type = 'application/json') {
  const text = typeof body === 'object' && !(body instanceof URLSearchParams) ? JSON.stringify(body) : body;
  return readResponse(fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body: text as BodyInit }));
}

const bodyRead: unknown = expect.objectContaining({
  ...{ type: 'urn:pay-checkout:problem:body-read', status: 500, retryable: false },
  detail: expect.stringMatching(/express\.json\(\).*has read it before\. Route the endpoint before any body parser/) as string,
});

const keepRaw: express.RequestHandler = express.json({
  verify: (request, _, bytes) => Object.assign(request, { rawBody: bytes }),
});

describe('a body that was read before the endpoint', () => {
  it.each<[string, express.RequestHandler]>([
    ['express.json()', express.json()],
    ['express.text()', express.text({ type: '*/*' })],
    ['express.raw()', express.raw({ type: '*/*' })],
    ['express.json() that keeps the raw body', keepRaw],
  ])('is taken from %s', async (_, middleware) => {
    const { token } = createToken();
    expect((await post(await serveExpress(token, middleware))).status).toBe(200);
  });

  it('is taken from a framework that parses before it calls a handler, such as an API route of Next.js', async () => {
    const listener = getRequestListener(createToken().token);
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        Object.assign(request, { body: JSON.parse(String(Buffer.concat(chunks))) as unknown });
        void listener(request, response);
      });
    });
    expect((await post(url)).status).toBe(200);
  });

  it('is validated and limited like any other', async () => {
    const url = await serveExpress(createToken().token, express.json());
    expect(await post(url, { ...tokenBody, provider: 7 })).toMatchObject({
      status: 422,
      json: { type: 'urn:pay-checkout:problem:request' },
    });
    expect((await post(url, { ...tokenBody, more: 'x'.repeat(17_000) })).status).toBe(413);
    // The body is parsed, so its `Content-Length` may be gone.
    const incoming = { readableDidRead: true, body: { ...tokenBody, more: 'x'.repeat(17_000) } };
    expect((await readResponse(createToken().token(createRequest(''), { incoming }))).status).toBe(413);
  });

  it('is not replaced by the empty body that a parser leaves of an unread one', async () => {
    const { token } = createToken();
    expect((await readResponse(token(createRequest(tokenBody), { incoming: { readableDidRead: false, body: {} } }))).status).toBe(200);
  });

  it.each<[string, (handler: Handler) => Promise<string>]>([
    [
      'Fastify parses it',
      async (handler) => {
        const [app, listener] = [fastify(), getRequestListener(handler)];
        app.all('/', (request, reply) => {
          reply.hijack();
          void listener(request.raw, reply.raw);
        });
        closers.push(() => app.close());
        return app.listen({ port: 0, host: '127.0.0.1' });
      },
    ],
    [
      'middleware reads it and keeps nothing',
      (handler) => serveExpress(handler, (request, _, next) => void request.resume().on('end', next)),
    ],
    ['an adapter passes no bindings', (handler) => serveExpress((request) => handler(request), express.json())],
    [
      'code calls request.json()',
      (handler) =>
        serveExpress(async (request, bindings) => {
          await request.json();
          return handler(request, bindings);
        }),
    ],
  ])('is missing if %s: the response and onError name the cause', async (_, start) => {
    const { token, onError } = createToken();
    expect((await post(await start(token))).json).toEqual(bodyRead);
    expect(onError.mock.calls).toEqual([[expect.objectContaining({ name: 'Problem', kind: 'body-read' }), expect.anything()]]);
  });

  it.each([undefined, null, 7, () => {}])('is missing if all that is left of it is %s', async (body) => {
    const answer = await readResponse(createToken().token(createRequest(tokenBody), { incoming: { readableDidRead: true, body } }));
    expect(answer.json).toEqual(bodyRead);
  });

  it('is missing if the request was used, as in a runtime without Node', async () => {
    const request = createRequest(tokenBody);
    await request.text();
    expect((await readResponse(createToken().token(request))).json).toEqual(bodyRead);
  });

  it('names a likely cause for an empty body', async () => {
    const { json } = await readResponse(createToken().token(createRequest('')));
    expect(json).toMatchObject({
      status: 422,
      detail: 'The body should be JSON, but is empty. Check that no body parser or proxy has removed it.',
    });
  });

  it('reports an error of the connection unchanged', async () => {
    const { token, onError } = createToken();
    const body = new ReadableStream({ start: (stream) => stream.error(new TypeError('the connection broke')) });
    const broken = new Request('https://shop.example.com/', {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
      duplex: 'half',
    } as RequestInit);
    expect((await readResponse(token(broken))).status).toBe(500);
    expect(String(onError.mock.calls[0]?.[0])).toBe('TypeError: the connection broke');
  });
});

/** Creates endpoints of a provider whose messages are passed on as they were received. */
function createReceiver() {
  const receive = vi.fn<NonNullable<ServerProvider['receive']>>(({ message: { content } }) =>
    Promise.resolve<ReportedPayment>({ reference: order.reference, result: { provider: 'other', raw: content } }),
  );
  const verify = () => Promise.resolve<VerifiedOutcome>({ outcome: 'paid' });
  const createToken = () => Promise.reject(new Error('unexpected token request'));
  const other: ServerProvider = { name: 'other', environments: ['sandbox'], createToken, verify, receive };
  const pay = createPayEndpoints({ environment: 'sandbox', providers: { other }, order: () => order, orderByReference: () => order });
  return { notify: pay.notifications.other, comeBack: pay.returns.other, receive };
}

describe('a message of a provider that was read before the endpoint', () => {
  it('is rebuilt, and marked as such, because its signature may cover other bytes', async () => {
    const { notify, receive } = createReceiver();
    expect((await post(await serveExpress(notify, express.json()), '{ "code": "00" }')).status).toBe(200);
    const { message } = receive.mock.calls[0]![0];
    expect([message.isRebuilt, message.content, String(Buffer.from(message.bytes))]).toEqual([true, { code: '00' }, '{"code":"00"}']);
  });

  it('keeps its bytes if the parser kept them', async () => {
    const { notify, receive } = createReceiver();
    expect((await post(await serveExpress(notify, keepRaw), '{ "code": "00" }')).status).toBe(200);
    const { message } = receive.mock.calls[0]![0];
    expect([message.isRebuilt, String(Buffer.from(message.bytes))]).toEqual([undefined, '{ "code": "00" }']);
  });

  it('keeps the fields of a form, to the letter', async () => {
    const { comeBack, receive } = createReceiver();
    const url = await serveExpress(comeBack, express.urlencoded({ extended: false }));
    const fields = { payloadHttp: '{"code":"00","name":"Ñandú & Co"}', signature: 'a+b/c==' };
    await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    expect(receive.mock.calls[0]![0].message.content).toEqual(fields);
  });
});
