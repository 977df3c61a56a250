import { describe, expect, it, vi } from 'vitest';
import { OrderInvalid, OrderRefused, createPayEndpoints } from '../../src/server.js';
import { createEndpoints, fakePayme, order, createRequest, readResponse, tokenBody, waitUntil } from './fake-payme.js';

const upstream = fakePayme();
const pay = createEndpoints(upstream);
const expectProblem = (type: string, status: number, retryable = false) => {
  const json: unknown = expect.objectContaining({ type: `urn:pay-checkout:problem:${type}`, status, retryable });
  return expect.objectContaining({ status, json }) as unknown;
};

describe('createHandlers', () => {
  it('responds even if onError throws', async () => {
    const onError = () => {
      throw new Error('the log is full');
    };
    const broken = createEndpoints(fakePayme(), { order: () => Promise.reject(new Error('no database')), onError });
    expect((await readResponse(broken.token(createRequest(tokenBody)))).status).toBe(500);
  });

  it('allows the headers that a preflight requests, such as a CSRF header', async () => {
    const headers = { Origin: 'https://other.example', 'Access-Control-Request-Headers': 'content-type,x-csrf-token' };
    const preflight = new Request('https://shop.example.com/api/pay/token', { method: 'OPTIONS', headers });
    const answer = await createEndpoints(fakePayme(), { origins: ['https://other.example'] }).token(preflight);
    expect(answer.headers.get('Access-Control-Allow-Headers')).toBe('content-type,x-csrf-token');
  });

  it.each(['GET', 'PUT', 'DELETE', 'HEAD'])('responds to %s with 405 and an Allow header', async (method) => {
    for (const endpoint of [pay.token, pay.outcome]) {
      const answer = await readResponse(endpoint(new Request('https://shop.example.com/api/pay/token', { method })));
      expect(answer).toEqual(expectProblem('method', 405));
      expect(answer.headers.get('Allow')).toBe('POST, OPTIONS');
      expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    }
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'responds to a body of type "%s" with 415',
    async (type) => {
      expect(await readResponse(pay.token(createRequest(tokenBody, { headers: { 'Content-Type': type } })))).toEqual(
        expectProblem('media-type', 415),
      );
    },
  );

  it('responds to a body without a type with 415', async () => {
    const request = createRequest(tokenBody);
    request.headers.delete('Content-Type');
    expect(await readResponse(pay.token(request))).toEqual(expectProblem('media-type', 415));
  });

  it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/json ;charset=utf-8'])(
    'reads a body of type "%s"',
    async (type) => {
      expect((await readResponse(pay.token(createRequest(tokenBody, { headers: { 'Content-Type': type } })))).status).toBe(200);
    },
  );

  it.each<[string, unknown, RegExp]>([
    ['invalid JSON', '{"provider":', /should be JSON/],
    ['an empty body', '', /should be JSON/],
    ['null', null, /The body: it should be object/],
    ['a list', [], /The body: it should be object/],
    ['no provider', { environment: 'sandbox' }, /`provider`.*missing/],
    [
      'another provider',
      { ...tokenBody, provider: 'paypal' },
      /`provider` should be one of payme\. Compare `providers` of createPayEndpoints\(\)/,
    ],
    ['a property of every object as provider', { ...tokenBody, provider: 'constructor' }, /`provider` should be one of payme/],
    ['the prototype as provider', { ...tokenBody, provider: '__proto__' }, /`provider` should be one of payme/],
    ['a long provider', { ...tokenBody, provider: 'x'.repeat(41) }, /`provider` should have at most 40 characters/],
    [
      'another environment',
      { ...tokenBody, environment: 'production' },
      /`environment` should be sandbox\. Compare `environment` of createPayEndpoints\(\)/,
    ],
    ['an order that is an object', { ...tokenBody, order: { $ne: null } }, /`order`/],
    ['an order that is a number', { ...tokenBody, order: 1001 }, /`order`/],
    ['an empty order', { ...tokenBody, order: '' }, /`order`/],
    ['a long order', { ...tokenBody, order: 'A'.repeat(257) }, /`order` should have 1 to 256 visible characters/],
    ['an order with a null byte', { ...tokenBody, order: 'A-1001\0' }, /`order` should have 1 to 256 visible characters/],
    ['an order with a lone surrogate', { ...tokenBody, order: 'A-\ud800' }, /`order` should have 1 to 256 visible characters/],
    ['an order with a line separator', { ...tokenBody, order: 'A-1001\u2028' }, /`order` should have 1 to 256 visible characters/],
    ['an order with a line break', { ...tokenBody, order: 'A-1001\nSet-Cookie: a=b' }, /`order` should have 1 to 256 visible characters/],
  ])('responds to %s with 422, and calls neither the merchant nor the provider', async (_, body, detail) => {
    const [quiet, lookUp] = [fakePayme(), vi.fn(() => order)];
    const answer = await readResponse(createEndpoints(quiet, { order: lookUp }).token(createRequest(body)));
    const isMismatch = /should be (one of payme|sandbox)/.test(detail.source);
    expect(answer).toEqual(expectProblem(isMismatch ? 'mismatch' : 'request', 422));
    expect(answer.json.detail).toMatch(detail);
    expect(lookUp).not.toHaveBeenCalled();
    expect(quiet.calls).toEqual([]);
  });

  it('does not quote the request', async () => {
    const answer = await readResponse(pay.token(createRequest({ ...tokenBody, environment: '<script>', provider: 'payme' })));
    expect(JSON.stringify(answer.json)).not.toContain('script');
  });

  it('responds with 413 to a body that declares too many bytes, without reading it', async () => {
    const request = createRequest(tokenBody, { headers: { 'Content-Length': '16385' } });
    expect(await readResponse(pay.token(request))).toEqual(expectProblem('too-large', 413));
    expect(request.bodyUsed).toBe(false);
  });

  it('responds with 413 to a body that is larger than it declares', async () => {
    const body = JSON.stringify(tokenBody).padEnd(16 * 1024 + 1);
    const headers = { 'Content-Type': 'application/json', 'Content-Length': '100' };
    const request = new Request('https://shop.example.com/', { method: 'POST', body, headers });
    expect(await readResponse(pay.token(request))).toEqual(expectProblem('too-large', 413));
  });

  it.each(['17', '0', 'none'])('reads a body that declares %s bytes', async (length) => {
    expect((await readResponse(pay.token(createRequest(tokenBody, { headers: { 'Content-Length': length } })))).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['declares no length', {}],
    ['declares too few bytes', { 'Content-Length': '100' }],
  ])('responds with 413 to a streamed body that %s and exceeds the limit, and stops reading', async (_, headers) => {
    let sent = 0;
    const cancel = vi.fn(() => Promise.reject(new Error('The source is gone.')));
    const endless = new ReadableStream<Uint8Array>({
      cancel,
      pull: (stream) => {
        sent += 4096;
        stream.enqueue(new Uint8Array(4096));
      },
    });
    const request = new Request('https://shop.example.com/', {
      method: 'POST',
      body: endless,
      headers: { 'Content-Type': 'application/json', ...headers },
      duplex: 'half',
    } as RequestInit);
    expect(await readResponse(pay.token(request))).toEqual(expectProblem('too-large', 413));
    expect(sent).toBeLessThan(64 * 1024);
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('responds with 500 to a stream of texts, which it cannot count', async () => {
    const stream = new ReadableStream({ start: (s) => s.enqueue(JSON.stringify(tokenBody)) });
    const init = { method: 'POST', body: stream, headers: { 'Content-Type': 'application/json' }, duplex: 'half' } as RequestInit;
    const onError = vi.fn();
    const { status } = await readResponse(createEndpoints(upstream, { onError }).token(new Request('https://shop.example.com/', init)));
    expect(status).toBe(500);
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ message: 'The body should be a stream of bytes, but contains other values.' });
  });

  describe('from a server that reads bodies itself', () => {
    /** A request like those of `@hono/node-server`, which reads the body without a stream. */
    class ServerRequest extends Request {
      readonly read = vi.fn();
      override arrayBuffer() {
        this.read();
        return super.arrayBuffer();
      }
    }
    const headers = { 'Content-Type': 'application/json' };
    const createServerRequest = (body: string, more: object = {}) =>
      new ServerRequest('https://shop.example.com/', { method: 'POST', body, headers: { ...headers, ...more } });

    it('reads a body with a length in one piece', async () => {
      const body = JSON.stringify(tokenBody);
      const request = createServerRequest(body, { 'Content-Length': String(body.length) });
      expect((await readResponse(pay.token(request))).status).toBe(200);
      expect(request.read).toHaveBeenCalledOnce();
    });

    it('responds with 413 to a body that is larger than it declares', async () => {
      const request = createServerRequest(JSON.stringify(tokenBody).padEnd(16 * 1024 + 1), { 'Content-Length': '100' });
      expect(await readResponse(pay.token(request))).toEqual(expectProblem('too-large', 413));
    });

    it.each([{}, { 'Content-Length': '100', 'Transfer-Encoding': 'chunked' }])('counts a body with the headers %j', async (more) => {
      const request = createServerRequest(JSON.stringify(tokenBody), more);
      expect((await readResponse(pay.token(request))).status).toBe(200);
      expect(request.read).not.toHaveBeenCalled();
    });
  });

  it('reads a body of exactly 16 kB that is split inside a character', async () => {
    const body = JSON.stringify({ ...tokenBody, order: 'Ñandú' });
    const bytes = new TextEncoder().encode(body.padEnd(16 * 1024 - 2));
    expect(bytes.byteLength).toBe(16 * 1024);
    const cut = body.indexOf('Ñ') + 1;
    const lookUp = vi.fn(() => order);
    const stream = new ReadableStream({
      start: (s) => {
        [bytes.slice(0, cut), bytes.slice(cut)].forEach((part) => s.enqueue(part));
        s.close();
      },
    });
    const init = { method: 'POST', body: stream, headers: { 'Content-Type': 'application/json' }, duplex: 'half' } as RequestInit;
    expect(
      (await readResponse(createEndpoints(upstream, { order: lookUp }).token(new Request('https://shop.example.com/', init)))).status,
    ).toBe(200);
    expect(lookUp).toHaveBeenCalledWith(expect.objectContaining({ order: 'Ñandú' }));
  });

  it('reads a body without a stream, as in Firefox, within the same limit', async () => {
    const asInFirefox = (body: unknown) => Object.defineProperty(createRequest(body), 'body', { value: undefined });
    expect((await readResponse(pay.token(asInFirefox(tokenBody)))).status).toBe(200);
    expect(await readResponse(pay.token(asInFirefox({ ...tokenBody, order: 'x'.repeat(16 * 1024) })))).toEqual(
      expectProblem('too-large', 413),
    );
  });

  it('accepts larger results than token requests, because a result may hold a QR code', async () => {
    const body = (size: number) => ({ ...tokenBody, attempt: 1, result: { provider: 'payme', raw: { qr: 'x'.repeat(size) } } });
    expect((await readResponse(pay.outcome(createRequest(body(40 * 1024))))).status).toBe(422);
    expect(await readResponse(pay.outcome(createRequest(body(64 * 1024))))).toEqual(expectProblem('too-large', 413));
  });

  it('responds with 422 to a request without a body', async () => {
    const request = new Request('https://shop.example.com/', { method: 'POST', headers: { 'Content-Type': 'application/json' } });
    expect(await readResponse(pay.token(request))).toEqual(expectProblem('request', 422));
  });
});

describe('the `order` function', () => {
  it('receives the browser’s order, the configured environment, the request, and the id of the response', async () => {
    const lookUp = vi.fn(() => order);
    const request = createRequest(tokenBody, { headers: { Cookie: 'session=1' } });
    const { headers } = await createEndpoints(upstream, { order: lookUp }).token(request);
    const requestId = headers.get('X-Request-Id');
    const query = { order: 'A-1001', endpoint: 'token', provider: 'payme', environment: 'sandbox', request, requestId };
    expect(lookUp.mock.calls).toEqual([[query]]);
  });

  it('receives no order if the page has none', async () => {
    const lookUp = vi.fn(() => order);
    await createEndpoints(upstream, { order: lookUp }).token(createRequest({ provider: 'payme', environment: 'sandbox' }));
    expect(lookUp).toHaveBeenCalledWith(expect.objectContaining({ order: undefined }));
  });

  it.each([new OrderRefused(), new OrderRefused('belongs to somebody else')])(
    'leads to the same 404 for every OrderRefused (%s), without a call to the provider',
    async (refusal) => {
      const quiet = fakePayme();
      const order = () => Promise.reject(refusal);
      const answer = await readResponse(createEndpoints(quiet, { order }).token(createRequest(tokenBody)));
      expect(answer).toEqual(expectProblem('refused', 404));
      expect(JSON.stringify(answer.json)).not.toContain('somebody');
      expect(quiet.calls).toEqual([]);
    },
  );

  it.each<[string, unknown, RegExp]>([
    ['no order', undefined, /The order: it should be object, but was missing/],
    ['no reference', { ...order, reference: '' }, /`reference`/],
    ['an amount with a fraction', { ...order, amount: 10.5 }, /`amount`/],
    ['an amount as a string', { ...order, amount: '1050' }, /`amount`/],
    ['an amount of NaN', { ...order, amount: NaN }, /`amount`/],
    ['an amount of zero', { ...order, amount: 0 }, /`amount` should be more than 0/],
    ['a currency in digits', { ...order, currency: '604' }, /`currency` should be the three capital letters/],
    ['an amount of null', { ...order, amount: null }, /`amount` should be .*, but was null/],
    ['a currency in lower case', { ...order, currency: 'pen' }, /`currency` should be the three capital letters/],
    ['a buyer that is text', { ...order, buyer: 'Lucía' }, /`buyer` should be object, but was a different string/],
    ['a name that is an object', { ...order, buyer: { firstName: { es: 'Lucía' } } }, /`buyer.firstName` should be text/],
    ['a city that is a boolean', { ...order, buyer: { address: { city: true } } }, /`buyer.address.city` should be text/],
    ['an address that is text', { ...order, buyer: { address: 'Av. Arequipa 123' } }, /`buyer.address` should be object/],
    ['a phone that is a list', { ...order, buyer: { phone: ['987654321'] } }, /`buyer.phone` should be object, but was an array/],
    ['a buyer without any known field', { ...order, buyer: { name: 'Lucía' } }, /`buyer` should be an object/],
  ])('leads to a final 500 that names the field, for %s', async (_, bad, detail) => {
    const answer = await readResponse(createEndpoints(fakePayme(), { order: () => bad as typeof order }).token(createRequest(tokenBody)));
    expect(answer).toEqual(expectProblem('order', 500));
    expect(answer.json.detail).toMatch(detail);
  });

  it('leads to a 500 without details when it throws, and onError receives the error', async () => {
    const [failure, onError] = [new Error('database password wrong'), vi.fn()];
    const pay = createEndpoints(fakePayme(), { order: () => Promise.reject(failure), onError });
    const answer = await readResponse(pay.token(createRequest(tokenBody)));
    expect(answer).toEqual(expectProblem('internal', 500, true));
    expect(JSON.stringify(answer.json)).not.toContain('database');
    expect(onError.mock.calls).toEqual([[failure, { requestId: answer.headers.get('X-Request-Id') }]]);
  });

  it('leads to 422 with the message of OrderInvalid, and does not call onError', async () => {
    const onError = vi.fn();
    const lookUp = () => Promise.reject(new OrderInvalid('Sold out.'));
    const answer = await readResponse(createEndpoints(fakePayme(), { order: lookUp, onError }).token(createRequest(tokenBody)));
    expect(answer).toEqual(expectProblem('invalid', 422));
    expect(answer.json.detail).toBe('Sold out.');
    expect(onError).not.toHaveBeenCalled();
  });

  it.each([
    "A-1001'; DROP TABLE orders; --",
    '../../etc/passwd',
    '{"$ne": null}',
    '__proto__',
    'constructor',
    '<script>alert(1)</script>',
    '%00%0d%0a',
    '=1+1',
    '${7*7}',
    'Ñandú 🦤',
  ])('receives the order %s unchanged, and no response or call quotes it', async (name) => {
    const [upstream, lookUp] = [fakePayme(), vi.fn(() => Promise.reject(new OrderRefused()))];
    const answer = await readResponse(createEndpoints(upstream, { order: lookUp }).token(createRequest({ ...tokenBody, order: name })));
    expect(answer).toEqual(expectProblem('refused', 404));
    expect(lookUp).toHaveBeenCalledWith(expect.objectContaining({ order: name }));
    expect(JSON.stringify(answer.json)).not.toContain(name);
    expect(upstream.calls).toEqual([]);
  });

  it('does not lead to onError for an invalid request', async () => {
    const onError = vi.fn();
    await createEndpoints(fakePayme(), { onError }).token(createRequest({}));
    expect(onError).not.toHaveBeenCalled();
  });
});

describe('createCors', () => {
  const shop = 'https://shop.example.com';
  const fromOrigin = (origin: string) => ({ headers: { Origin: origin } });
  const readGrants = (headers: Headers) =>
    [...headers].filter(([name]) => name.startsWith('access-control-allow-origin') || name.endsWith('credentials'));

  it('lets a listed origin read the response, Date and Retry-After, with cookies', async () => {
    const { headers, status } = await readResponse(
      createEndpoints(upstream, { origins: [shop] }).token(createRequest(tokenBody, fromOrigin(shop))),
    );
    expect(status).toBe(200);
    expect(headers.get('Access-Control-Allow-Origin')).toBe(shop);
    expect(headers.get('Access-Control-Allow-Credentials')).toBe('true');
    expect(headers.get('Access-Control-Expose-Headers')).toBe('Date, Retry-After');
    expect(headers.get('Vary')).toBe('Origin');
  });

  it('lets a listed origin read failures', async () => {
    const { headers, status } = await readResponse(
      createEndpoints(upstream, { origins: [shop] }).token(createRequest({}, fromOrigin(shop))),
    );
    expect(status).toBe(422);
    expect(headers.get('Access-Control-Allow-Origin')).toBe(shop);
  });

  it.each(['https://evil.example.com', 'https://shop.example.com.evil.example', 'http://shop.example.com', 'null'])(
    'does not let in %s',
    async (origin) => {
      const { headers } = await readResponse(
        createEndpoints(upstream, { origins: [shop] }).token(createRequest(tokenBody, fromOrigin(origin))),
      );
      expect(readGrants(headers)).toEqual([]);
      expect(headers.get('Vary')).toBe('Origin');
    },
  );

  it('lets in no other origin by default', async () => {
    expect(readGrants((await readResponse(pay.token(createRequest(tokenBody, fromOrigin(shop))))).headers)).toEqual([]);
  });

  it('lets in every origin for `*`, without cookies', async () => {
    const { headers } = await readResponse(createEndpoints(upstream, { origins: ['*'] }).token(createRequest(tokenBody, fromOrigin(shop))));
    expect(readGrants(headers)).toEqual([['access-control-allow-origin', '*']]);
  });

  it('responds to a preflight without looking up the order', async () => {
    const lookUp = vi.fn(() => order);
    const pay = createEndpoints(upstream, { origins: [shop], order: lookUp });
    const preflight = new Request(`${shop}/api/pay/token`, { method: 'OPTIONS', ...fromOrigin(shop) });
    const { headers, status } = await readResponse(pay.outcome(preflight));
    expect(status).toBe(204);
    expect(headers.get('Access-Control-Allow-Origin')).toBe(shop);
    expect(headers.get('Access-Control-Allow-Methods')).toBe('POST');
    expect(headers.get('Access-Control-Allow-Headers')).toBe('Content-Type');
    expect(headers.get('Vary')).toBe('Origin');
    expect(lookUp).not.toHaveBeenCalled();
  });

  it.each([['https://shop.example.com'], [{ 0: 'https://shop.example.com' }]])('rejects %o, which is not a list', (origins) => {
    const create = () => createEndpoints(upstream, { origins: origins as never });
    expect(create).toThrow(TypeError);
    expect(create).toThrow(`\`origins\` should be a list, such as ['https://shop.example.com'], but was a ${typeof origins}.`);
  });

  it.each([
    ['https://shop.example.com/', /origins such as https:\/\/shop.example.com, but has https:\/\/shop.example.com\//],
    ['shop.example.com', /should hold origins such as/],
    ['null', /should hold origins such as/],
  ])('rejects the origin %s', (origin, message) => {
    expect(() => createEndpoints(upstream, { origins: [origin] })).toThrow(message);
  });
});

describe('createHandlers, when the client disconnects', () => {
  it('aborts its upstream calls', async () => {
    const controller = new AbortController();
    const [slow, onError] = [fakePayme({ nonce: ['hang'] }), vi.fn()];
    const answer = readResponse(createEndpoints(slow, { onError }).token(createRequest(tokenBody, { signal: controller.signal })));
    await waitUntil(() => slow.callsTo('nonce').length === 1);
    controller.abort();
    expect((await answer).json.type).toBe('urn:pay-checkout:problem:aborted');
    expect(slow.callsTo('nonce')[0]?.signal.aborted).toBe(true);
    expect(slow.callsTo('nonce')).toHaveLength(1);
    expect(onError).not.toHaveBeenCalled();
  });

  it('does nothing if the client disconnected before the request', async () => {
    const [quiet, lookUp] = [fakePayme(), vi.fn(() => order)];
    await readResponse(createEndpoints(quiet, { order: lookUp }).token(createRequest(tokenBody, { signal: AbortSignal.abort() })));
    expect(lookUp).not.toHaveBeenCalled();
    expect(quiet.calls).toEqual([]);
  });
});

describe('createPayEndpoints', () => {
  const provider = { name: 'other', environments: ['sandbox', 'test'] as const, createToken: vi.fn(), verify: vi.fn() };

  it('rejects an environment that the provider lacks, and names those that it has', () => {
    const create = () => createPayEndpoints({ environment: 'production', providers: { other: provider }, order: () => order });
    expect(create).toThrow('`environment` of other should be one of sandbox, test, but was production.');
  });

  it('rejects a missing environment', () => {
    const environment = {} as { other: 'test' };
    const create = () => createPayEndpoints({ environment, providers: { other: provider }, order: () => order });
    expect(create).toThrow('`environment` of other should be one of sandbox, test, but was missing.');
  });

  it('rejects a provider with a fixed name under another name', () => {
    const fixed = { ...provider, name: 'lyra', hasFixedName: true } as const;
    const create = (key: string) => createPayEndpoints({ environment: 'test', providers: { [key]: fixed }, order: () => order });
    expect(() => create('cards')).toThrow(TypeError);
    expect(() => create('cards')).toThrow('`providers` should have lyra under this name, but has it under cards. Rename the key to `lyra`');
    expect(() => create('lyra')).not.toThrow();
  });
});
