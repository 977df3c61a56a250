import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/serve/config/read-config.js';
import { kinds } from '../../src/server/problem.js';
import { paymeCards } from '../../src/testing.js';
import { itWithCommand } from '../serve/it-with-command.js';
import { atEnd, backendSecret, operationsKey, startAll, type Running } from '../serve/support.js';
import { tableUnder } from '../support/markdown.js';
import { fragmentsOf } from './fragments.js';

type Json = Readonly<Record<string, unknown>>;

const page = readFileSync('docs/serve.md', 'utf8');
const written = fragmentsOf('docs/serve.md');
const examples = written.filter(({ language }) => language === 'json').map(({ text }) => JSON.parse(text) as Json);

const isLine = (one: Json) => 'level' in one;
const isRefunds = (one: Json) => 'refunds' in one && !('call' in one);
const isRefund = (one: Json) => 'key' in one;
const isFile = (one: Json) => 'orderUrl' in one;
const find = (predicate: (one: Json) => boolean) => examples.find(predicate)!;

/** The JSON as text, without the numbers, dates and IDs that each payment has of its own. */
const shape = (json: unknown) => JSON.stringify(json).replaceAll(/"(?:\d[\dT:Z.-]*|[\da-f]{8}-[\da-f-]{27})"/g, '"…"');

const body = { provider: 'payme', environment: 'sandbox', order: 'A-1001' };

async function pay({ post, standIns }: Running): Promise<void> {
  const answer: unknown = await (await post('/api/pay/token', body)).json();
  const result = await standIns.pay({ provider: 'payme', answer, card: paymeCards.approved });
  await post('/api/pay/outcome', { ...body, attempt: 1, result });
}

describe('the calls in docs/serve.md', () => {
  it('are those that the process makes', async () => {
    const running = await startAll();
    await pay(running);
    const { shop, post } = running;
    const [payment] = shop.outcomes().map((call) => call.payment);
    await post('/operations/settle', { payment }, { Authorization: `Bearer ${operationsKey}` });
    const [token, , outcome, settle] = shop.calls.map((call) => call.body);
    const calls = examples.filter((one) => 'call' in one);
    expect(calls.map(shape)).toEqual([token, settle, outcome].map(shape));
  });

  it.each(
    tableUnder(page, 'The two calls')
      .filter(([status]) => /^\d+$/.test(status ?? ''))
      .map(([status = '', when = '', page = '']) => ({ status: Number(status), when, page })),
  )('give the page "$page" if the shop answers $status', async ({ status, when, page: expected }) => {
    const { post, shop } = await startAll();
    const isSettled = when.includes('is paid');
    const order = { ...find((one) => 'settled' in one), ...(isSettled && { settled: 'paid' }) };
    shop.intercept = () => (status === 200 ? Response.json(order) : new Response('{}', { status }));
    const response = await post('/api/pay/token', body);
    const answer = (await response.json()) as Json;
    const found = response.status !== 200 ? String(response.status) : answer.outcome === 'paid' ? '_paid_, without a form' : 'a token';
    expect(found).toBe(expected);
  });
});

describe('the operations in docs/serve.md', () => {
  itWithCommand('curl')('answer the commands as the page shows', async () => {
    const running = await startAll();
    await pay(running);
    const { standIns, shop } = running;
    const payment = shop.outcomes()[0]!.payment as Json & { readonly id: string };
    standIns.payme.settle(payment.id);
    const folder = mkdtempSync(join(tmpdir(), 'curl-'));
    atEnd(() => Promise.resolve(rmSync(folder, { recursive: true })));
    writeFileSync(join(folder, 'refund.json'), JSON.stringify({ ...find(isRefund), payment }));
    writeFileSync(join(folder, 'payment.json'), JSON.stringify({ payment }));
    const answers: Json[] = [];
    for (const line of page.match(/^ *curl .*operations.*$/gm) ?? []) {
      const command = `${line.replace('http://127.0.0.1:8080', running.process.url)} --silent --show-error --noproxy '*'`;
      const options = { cwd: folder, env: { ...process.env, PAY_OPERATIONS_KEY: operationsKey } };
      answers.push(JSON.parse((await promisify(execFile)('sh', ['-c', command], options)).stdout) as Json);
    }
    expect(answers.map(({ outcome }) => outcome)).toEqual([undefined, 'paid']);
    expect(shape({ ...answers[0], refunds: undefined })).toBe(shape({ ...find(isRefunds), refunds: undefined }));
    expect(answers[0]).toMatchObject({ refunds: find(isRefunds).refunds });
  });

  it('have the statuses of the code', () => {
    const rows = tableUnder(page, 'Operations').filter(([status]) => /^\d+$/.test(status ?? ''));
    const known = { ...kinds, 'operation-refused': { status: 409 }, 'operation-not-supported': { status: 422 } };
    for (const [status, word = ''] of rows) expect(known[word.replaceAll('`', '') as keyof typeof known].status, word).toBe(Number(status));
    expect(rows.length).toBeGreaterThan(6);
  });
});

describe('the other examples in docs/serve.md', () => {
  it('have a line of the log with the fields of the code', async () => {
    const { post, log } = await startAll();
    await post('/api/pay/token', body);
    const line = log.find(({ phase }) => phase === 'request')!;
    expect(Object.keys(line)).toEqual(Object.keys(find(isLine)));
  });

  it('have a JSON file that is valid with its secrets', async () => {
    const { backendSecretFile: _, ...json } = find(isFile) as Json & { providers: Record<string, Json> };
    const { clientSecretFile: __, ...payme } = json.providers.payme!;
    const variables = { PAY_BACKEND_SECRET: backendSecret, PAYME_CLIENT_SECRET: 'your_client_secret' };
    const config = await readConfig({ variables, json: { ...json, providers: { payme } } }, () => Promise.reject(new Error('unused')));
    expect(Object.keys(config.providers)).toEqual(['payme']);
  });

  it('have variables that start a process', async () => {
    const lines = written.flatMap(({ text }) => [...text.matchAll(/^ *export (\w+)=(\S+)$/gm)]);
    const variables = Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]));
    const settings = { clientId: 'a', clientSecret: ['b'], merchantCode: 'c' };
    const config = await readConfig({ variables }, () => Promise.resolve({ payme: settings }));
    expect(config).toMatchObject({ orderUrl: 'http://127.0.0.1:8000/pay/order', port: 8080, basePath: '/api/pay' });
  });
});
