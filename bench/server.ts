// Measures the cost of our server half: requests per second through `pay.token`, compared with a handler that only forwards one
// call to the same stand-in of Pay-me. One process runs both Node servers; another runs the stand-in and sends the load.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { createPayEndpoints, payme } from '../src/server.js';
import { createStandIns } from '../src/testing.js';
import { order } from '../test/support/shop.js';
import { markdownTable, type Report } from './benchmark.js';
import { measuredOn } from './machine.js';
import { median } from './statistics.js';

const rounds = 9;
const requestsPerRound = 1_000;
const concurrency = 16;
const account = { clientId: 'your_client_id', clientSecret: 'your_client_secret', merchantCode: 'your_merchant_code' };
const agent = new Agent({ keepAlive: true, maxSockets: concurrency });

type Handler = (request: Request) => Response | Promise<Response>;
type Urls = Record<'handler' | 'bare', string>;

interface Figures {
  /** Requests per second, the median of the rounds. */
  readonly handler: number;
  readonly bare: number;
  /** The median of the ratios of adjacent rounds. */
  readonly ratio: number;
  /** Bytes of the servers' heap after a garbage collection, by the number of requests served. */
  readonly heap: Readonly<Record<number, number>>;
}

/** The minimum ratio. */
const least = 0.9;
/** The maximum growth of the heap between 10,000 and 30,000 requests, in bytes. */
const growth = 2_500_000;

export async function server(): Promise<Report> {
  const { handler, bare, ratio, heap } = await run();
  const [first, last] = [heap[10_000]!, heap[30_000]!];
  const rows = [
    ['requests per second, `pay.token`', handler.toFixed(0)],
    ['requests per second, a bare pass-through', bare.toFixed(0)],
    [`ratio, median of the rounds (${least} at least)`, `**${ratio.toFixed(2)}**`],
    ...Object.entries(heap).map(([served, bytes]) => [`heap after ${Number(served).toLocaleString('en')} requests, MB`, megabytes(bytes)]),
  ];
  const table = markdownTable(['', ''], rows);
  const how = `Both servers run in one Node process; the Pay-me stand-in and the load generator run in another, on loopback, after a warm-up; ${rounds} rounds of ${requestsPerRound} requests each, alternating; medians.`;
  return { title: 'The server half', text: `${measuredOn()} ${how}\n\n${table}`, holds: ratio >= least && last - first < growth };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

async function run(): Promise<Figures> {
  const provider = await listen(toStandIn());
  const servers = fork(fileURLToPath(import.meta.url), [provider.url], { execArgv: [...process.execArgv, '--expose-gc'] });
  const [urls] = (await once(servers, 'message')) as [Urls];
  try {
    return { ...(await speeds(urls)), heap: await heaps(servers, urls) };
  } finally {
    servers.kill();
    agent.destroy();
    provider.server.closeAllConnections();
    provider.server.close();
  }
}

/** Alternates between the two servers, so that other load on the machine affects both. */
async function speeds(urls: Urls) {
  for (const url of Object.values(urls)) await load(url, 2 * requestsPerRound);
  const [handler, bare]: number[][] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    handler!.push(await load(urls.handler, requestsPerRound));
    bare!.push(await load(urls.bare, requestsPerRound));
  }
  const ratios = handler!.map((speed, round) => speed / bare![round]!);
  return { handler: median(handler!), bare: median(bare!), ratio: median(ratios) };
}

async function heaps(servers: ChildProcess, urls: Urls): Promise<Record<number, number>> {
  const heap: Record<number, number> = {};
  for (let served = 10_000; served <= 30_000; served += 10_000) {
    await load(urls.handler, 10_000);
    servers.send('heap');
    [heap[served]] = (await once(servers, 'message')) as [number];
  }
  return heap;
}

/** Sends `count` requests, a few at a time. Returns the responses per second. */
async function load(url: string, count: number): Promise<number> {
  let left = count;
  const began = performance.now();
  const one = async () => {
    while (left-- > 0) await ask(url);
  };
  await Promise.all(Array.from({ length: concurrency }, one));
  return (count / (performance.now() - began)) * 1000;
}

const body = JSON.stringify({ provider: 'payme', environment: 'sandbox', order: order.reference });
const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };

function ask(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}.`));
      response.on('end', resolve).resume();
    });
    sent.on('error', reject).end(body);
  });
}

function toStandIn(): Handler {
  const { payme: api } = createStandIns();
  const host = 'https://auth.preprod.alignet.io';
  return (request) => api.fetch(new Request(`${host}${new URL(request.url).pathname}`, request));
}

/** Starts the other process, which runs both servers. */
async function serve(provider: string): Promise<void> {
  const toProvider = (url: string, init: RequestInit) => fetch(`${provider}${new URL(url).pathname}`, init);
  const pay = createPayEndpoints({ environment: 'sandbox', providers: { payme: payme(account) }, order: () => order, fetch: toProvider });
  const [handler, bare] = await Promise.all([listen(pay.token), listen(await passThrough(toProvider))]);
  process.on('message', () => {
    globalThis.gc?.();
    process.send?.(process.memoryUsage().heapUsed);
  });
  process.send?.({ handler: handler.url, bare: bare.url });
}

/** The minimum that a backend does: it reads the body, makes the one call of a warm backend, and returns the response. */
async function passThrough(fetch: (url: string, init: RequestInit) => Promise<Response>): Promise<Handler> {
  const call = async (path: string, body: object, more = {}) => {
    const headers = { 'Content-Type': 'application/json', 'ALG-API-VERSION': '1709847567', ...more };
    return fetch(`https://auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  const audience = 'https://api.preprod.alignet.io/';
  const { clientId: client_id, clientSecret: client_secret } = account;
  const grant = { action: 'authorize', grant_type: 'client_credentials', audience, client_id, client_secret };
  const answer = await call('token', { ...grant, scope: 'create:token post:charges get:charges' });
  const { access_token: bearer } = (await answer.json()) as { access_token: string };
  return async (request) => {
    await request.json();
    const nonce = { action: 'create.nonce', audience, client_id, scope: 'post:charges' };
    return Response.json(await (await call('nonce', nonce, { Authorization: `Bearer ${bearer}` })).json());
  };
}

async function listen(handler: Handler): Promise<{ url: string; server: Server }> {
  const listener = getRequestListener(handler, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const [script, provider] = process.argv.slice(1);
if (script === fileURLToPath(import.meta.url)) {
  if (provider && process.send) await serve(provider);
}
