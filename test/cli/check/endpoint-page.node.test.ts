import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isOperationNumberFor } from '../../../src/providers/payme/server/operation-number.js';
import { isInstalled, itWith } from '../../support/interpreter.js';
import { waitUntil } from '../../server/fake-payme.js';
import { bodyWith, hostileOrders } from './hostile-orders.js';
import { languages, runPage, type Running } from './page.js';
import { check, createPay, shop } from './support.js';

const asked = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };

const refusals = Object.fromEntries(hostileOrders.map(([what, , kind]) => [what, `${kind === 'request' ? 422 : 404} ${kind}`]));

/** How each of them is refused. */
async function refusalsOf(ask: (body: Buffer) => Promise<Response>): Promise<Record<string, string>> {
  const said: Record<string, string> = {};
  for (const [what, order] of hostileOrders) {
    const answer = await ask(bodyWith(order));
    const { type } = (await answer.json()) as { type: string };
    said[what] = `${answer.status} ${type.split(':').at(-1)}`;
  }
  return said;
}

const json = { 'Content-Type': 'application/json', Cookie: 'visitor=ana' };

describe('our own token endpoint', () => {
  it('refuses every order that is none, and looks the others up', async () => {
    const { token } = createPay();
    const ask = (body: Buffer) => token(new Request(`${shop}/token`, { method: 'POST', headers: json, body: new Uint8Array(body) }));
    expect(await refusalsOf(ask)).toEqual(refusals);
  });
});

describe.each(languages)('the endpoint of docs/endpoint-php-python.md in $name', (language) => {
  const itRuns = itWith(language.interpreter);
  let page: Running;

  beforeAll(async () => {
    if (isInstalled(language.interpreter)) page = await runPage(language);
  });

  afterAll(() => page?.stop());

  async function ask(body: unknown = asked, { method = 'POST', ...headers }: Record<string, string> = {}) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(page.url, {
      method,
      headers: { ...json, ...headers },
      ...(method === 'POST' && { body: text }),
    });
    const said = await answer.text();
    expect(said + page.log()).not.toContain('your_client_secret');
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    return { status: answer.status, headers: answer.headers, json: JSON.parse(said) as Record<string, unknown> };
  }

  const refused = (status: number, type: string, retryable = false) =>
    expect.objectContaining({
      status,
      json: expect.objectContaining({ type: `urn:pay-checkout:problem:${type}`, status, retryable }) as unknown,
    }) as unknown;

  itRuns('has nothing wrong with it', async () => {
    const { code, text } = await check(page, '--origin', shop, '--credentials', 'include', '--header', 'Cookie: visitor=ana');
    const others = text.split('\n').filter((line) => !line.startsWith('ok '));
    // How quick it is, and whether its clock stands still as this test's does, is up to the machine.
    expect(others.filter((line) => !/^warning +(latency|clock):/.test(line))).toEqual([
      '',
      expect.stringMatching(/^1[789] ok, \d warnings?, 0 wrong$/),
      '',
    ]);
    expect(code).toBe(0);
  });

  itRuns('asks for the bearer once', async () => {
    await ask();
    const before = page.payme.requests.length;
    await ask();
    expect(page.payme.requests.slice(before).map(({ url }) => new URL(url).pathname)).toEqual(['/nonce']);
  });

  itRuns('gets another bearer where Pay-me does not take the one that it kept', async () => {
    await ask();
    page.payme.faults.nonce = [401];
    const before = page.payme.requests.length;
    expect((await ask()).status).toBe(200);
    expect(page.payme.requests.slice(before).map(({ url }) => new URL(url).pathname)).toEqual(['/nonce', '/token', '/nonce']);
  });

  itRuns('serves other visitors while a call for the bearer hangs', async () => {
    // A new page has no bearer yet.
    const fresh = await runPage(language);
    onTestFinished(() => fresh.stop());
    let answer = (_: Response) => {};
    fresh.answers.push(new Promise((resolve) => (answer = resolve)));
    const post = (url: string) => fetch(url, { method: 'POST', headers: json, body: JSON.stringify(asked) });
    const slow = post(fresh.url);
    await waitUntil(() => fresh.answers.length === 0);
    expect((await post(fresh.secondUrl)).status).toBe(200);
    answer(Response.json({ success: true, access_token: 'slow', expires_in: '8600' }));
    expect((await slow).status).toBe(200);
  });

  itRuns('reads no more than 1 MiB of a response', async () => {
    const chunk = new Uint8Array(65_536).fill(32);
    let sent = 0;
    const pull = (stream: ReadableStreamDefaultController<Uint8Array>) => {
      sent += chunk.byteLength;
      stream.enqueue(chunk);
    };
    await ask();
    page.answers.push(new Response(new ReadableStream({ pull })));
    expect(await ask()).toEqual(refused(502, 'upstream-failed', true));
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  itRuns('issues a token when the lifetimes in the responses are odd', async () => {
    for (const expires_in of [null, 'x', 1e15, -1, true, [30]]) {
      await ask();
      const answers = [
        { success: true, access_token: 'odd', expires_in },
        { success: true, nonce: 'odd', expires_in },
      ];
      page.answers.push(new Response('{}', { status: 401 }), ...answers.map((one) => Response.json(one)));
      const { status, json } = await ask();
      expect([status, json.token, typeof json.expiresIn]).toEqual([200, 'odd', 'number']);
    }
  });

  itRuns('makes an operation number that our outcome endpoint knows', async () => {
    const { config } = (await ask()).json as { config: { payload: { merchant_operation_number: string } } };
    const operation = config.payload.merchant_operation_number;
    expect(await isOperationNumberFor(operation, ['your_client_secret'], 'A-1001')).toBe(true);
  });

  itRuns('shows an order to its visitor only', async () => {
    expect(await ask(asked, { Cookie: 'visitor=eva' })).toEqual(refused(404, 'refused'));
    expect(await ask({ ...asked, order: 'A-1002' })).toEqual(refused(404, 'refused'));
  });

  itRuns('refuses what it cannot serve', async () => {
    expect(await ask(asked, { method: 'GET' })).toEqual(refused(405, 'method'));
    expect(await ask(asked, { 'Content-Type': 'text/plain' })).toEqual(refused(415, 'media-type'));
    expect(await ask({ ...asked, order: 'x'.repeat(16_384) })).toEqual(refused(413, 'too-large'));
    for (const body of ['{', '[]', '"A-1001"', { ...asked, order: undefined }, '['.repeat(8000) + ']'.repeat(8000)]) {
      expect(await ask(body)).toEqual(refused(422, 'request'));
    }
    expect(await ask({ ...asked, provider: 'payroc' })).toEqual(refused(422, 'mismatch'));
    expect(await ask({ ...asked, environment: 'production' })).toEqual(refused(422, 'mismatch'));
  });

  itRuns('refuses every order that is none as our own does, and looks the others up', async () => {
    const ask = (body: Buffer) => fetch(page.url, { method: 'POST', headers: json, body: new Uint8Array(body) });
    expect(await refusalsOf(ask)).toEqual(refusals);
  });

  itRuns('says how long Pay-me asks to wait', async () => {
    const date = 'Tue, 05 May 2026 12:00:00 GMT';
    for (const [wait, told] of [
      ['7', '7'],
      ['Tue, 05 May 2026 12:00:07 GMT', '7'],
      ['Tue, 05 May 2026 11:00:00 GMT', '0'],
      ['soon', null],
    ] as const) {
      page.answers.push(new Response('{}', { status: 429, headers: { 'Retry-After': wait, Date: date } }));
      const answer = await ask();
      expect([answer, answer.headers.get('Retry-After')]).toEqual([refused(503, 'upstream-busy', true), told]);
    }
  });

  itRuns('says whether another try may help', async () => {
    const { faults } = page.payme;
    faults.nonce = [401, 401];
    expect(await ask()).toEqual(refused(502, 'upstream-credentials'));
    faults.nonce = [403];
    expect(await ask()).toEqual(refused(502, 'upstream-credentials'));
    faults.nonce = [500];
    expect(await ask()).toEqual(refused(502, 'upstream-failed', true));
    faults.nonce = ['html'];
    expect(await ask()).toEqual(refused(502, 'upstream-failed', true));
    faults.nonce = ['without-nonce'];
    expect(await ask()).toEqual(refused(502, 'upstream-refused', true));
    faults.nonce = [503];
    expect(await ask()).toEqual(refused(503, 'upstream-busy', true));
  });

  itRuns('grants nothing to an origin that is not listed', async () => {
    const { headers } = await ask(asked, { Origin: 'https://shop.example.com.evil.example' });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the bearer that the endpoint in PHP keeps', () => {
  itWith('php')('is for its owner alone', async () => {
    const page = await runPage(languages.find(({ name }) => name === 'PHP')!);
    await fetch(page.url, {
      method: 'POST',
      body: JSON.stringify(asked),
      headers: json,
    });
    expect(page.bearerMode()).toBe('600');
    await page.stop();
  });
});

// The servers of PHP and Node let no such request through.
describe('a Content-Length in Python', () => {
  for (const length of ['-1', 'abc', '1e3', '9'.repeat(5000)]) {
    itWith('python3')(`of ${length.slice(0, 9)} is refused at once`, async () => {
      const page = await runPage(languages.find(({ name }) => name === 'Python')!);
      onTestFinished(() => page.stop());
      const said = await sendRaw(page.url, `Content-Type: application/json\r\nContent-Length: ${length}`, JSON.stringify(asked));
      expect(said).toMatch(/^HTTP\/1\.\d 422 /);
      expect(said).toContain('"urn:pay-checkout:problem:request"');
    });
  }
});

/** Sends what no client would, and leaves the connection open. */
function sendRaw(url: string, headers: string, body: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(Number(port), hostname, () => socket.write(`POST / HTTP/1.1\r\nHost: shop\r\n${headers}\r\n\r\n${body}`));
    socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
    socket.once('end', () => (socket.end(), resolve(said)));
    socket.once('error', reject);
  });
}
