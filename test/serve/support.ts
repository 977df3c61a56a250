import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createHmac } from 'node:crypto';
import { afterEach } from 'vitest';
import { providers } from '../../demo/providers/index.js';
import { readConfig } from '../../src/serve/config/read-config.js';
import { createLogger } from '../../src/serve/monitoring/logger.js';
import { Monitor } from '../../src/serve/monitoring/monitor.js';
import { startProcess, type ServeProcess } from '../../src/serve/start-process.js';
import { readStandIns } from '../../src/serve/stand-ins.js';
import { readSettings } from '../../src/cli/stand-ins/read-settings.js';
import type { ProviderName } from '../../src/testing/providers.js';
import { createStandIns, type StandIns } from '../../src/testing/stand-ins.js';

export const backendSecret = 'a-secret-of-the-tests-with-32-characters';
export const operationsKey = 'a-key-of-the-tests-with-more-than-32-characters';

type Json = Readonly<Record<string, unknown>>;

/** A call that the shop received. */
export interface ShopCall {
  readonly path: string;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
}

const ending: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

/** Runs at the end of the test, in reverse order. */
export function atEnd(end: () => Promise<unknown>): void {
  ending.push(end);
}

/** Serves a function on a free port of this machine. Returns the address without a slash at its end. */
export async function serveHttp(answer: (request: Request) => Response | Promise<Response>): Promise<string> {
  const listener = getRequestListener(answer, { overrideGlobalObjects: false });
  const server: Server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Serves stand-ins as `pay-checkout stand-ins` does. */
export async function serveStandIns(standIns: StandIns = createStandIns()): Promise<string> {
  const settings = await readSettings(standIns);
  return serveHttp((request) => (request.url.endsWith('/settings') ? Response.json(settings) : standIns.handle(request)));
}

export interface Shop {
  readonly url: string;
  readonly calls: ShopCall[];
  /** The bodies of the `outcome` calls. */
  outcomes(): Json[];
  /** Answers the next calls instead of the shop, where it returns a response. */
  intercept: (call: ShopCall) => Response | undefined | Promise<Response | undefined>;
}

/** The orders of the shop. The cookie `visitor=ana` owns them. */
export const orders: Readonly<Record<string, Json>> = {
  'A-1001': {
    reference: 'A-1001',
    amount: 1050,
    currency: 'PEN',
    buyer: { firstName: 'Ana', lastName: 'Prueba', email: 'ana@example.com' },
  },
  'U-1001': {
    reference: 'U-1001',
    amount: 1050,
    currency: 'USD',
    buyer: { firstName: 'Ana', lastName: 'Prueba', email: 'ana@example.com' },
  },
};

/** The order in the currency of the provider's account. */
export function orderOf(provider: ProviderName): string {
  return providers[provider].currency === 'USD' ? 'U-1001' : 'A-1001';
}

/** Serves a shop's backend with its two calls. */
export async function serveShop(): Promise<Shop> {
  const calls: ShopCall[] = [];
  const shop: Shop = {
    url: await serveHttp(async (request) => {
      const text = await request.text();
      const call = { path: new URL(request.url).pathname, headers: request.headers, text, body: JSON.parse(text) as Json };
      calls.push(call);
      return (await shop.intercept(call)) ?? answer(call);
    }),
    calls,
    outcomes: () => calls.filter(({ path }) => path === '/outcome').map(({ body }) => body),
    intercept: () => undefined,
  };
  return shop;
}

function answer(call: ShopCall): Response {
  if (!isSigned(call)) return new Response(null, { status: 401 });
  if (call.path === '/outcome') return new Response(null, { status: 204 });
  const { order, reference, endpoint } = call.body;
  const found = orders[String(order ?? reference)];
  const isVisitor = call.headers.get('Cookie')?.includes('visitor=ana') ?? false;
  if (!found || (endpoint !== 'notification' && !isVisitor)) return new Response(null, { status: 404 });
  return Response.json(found);
}

/** Verifies a signature as the documentation tells a shop to, without our own code. */
export function isSigned({ headers, text }: Pick<ShopCall, 'headers' | 'text'>, secret = backendSecret): boolean {
  const header = headers.get('Pay-Checkout-Signature') ?? '';
  const seconds = /^t=(\d+),/.exec(header)?.[1] ?? '0';
  const expected = createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex');
  return Math.abs(Date.now() / 1000 - Number(seconds)) <= 300 && header.split(',').includes(`v1=${expected}`);
}

export interface Running {
  readonly process: ServeProcess;
  readonly standIns: StandIns;
  readonly shop: Shop;
  /** The lines of the log. */
  readonly log: Json[];
  /** Posts JSON as the page of the shop's visitor does. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** What the process talks to, and the variables that name it. */
export interface Neighbours {
  readonly standIns: StandIns;
  readonly shop: Shop;
  readonly variables: Readonly<Record<string, string>>;
}

/** Serves stand-ins and a shop, in this process of the test. */
export async function serveNeighbours(): Promise<Neighbours> {
  const standIns = createStandIns();
  const [standInUrl, shop] = await Promise.all([serveStandIns(standIns), serveShop()]);
  const variables = {
    PAY_ENVIRONMENT: 'sandbox',
    PAY_ORDER_URL: `${shop.url}/order`,
    PAY_OUTCOME_URL: `${shop.url}/outcome`,
    PAY_BACKEND_SECRET: backendSecret,
    PAY_OPERATIONS_KEY: operationsKey,
    PAY_STAND_INS: standInUrl,
  };
  return { standIns, shop, variables };
}

/** Starts stand-ins, a shop and the process, in this process of the test. */
export async function startAll(variables: Readonly<Record<string, string>> = {}): Promise<Running> {
  const { standIns, shop, variables: own } = await serveNeighbours();
  const config = await readConfig({ variables: { ...own, PORT: '0', ...variables } }, readStandIns);
  const log: Json[] = [];
  const logger = createLogger('debug', { write: (line: string) => void log.push(JSON.parse(line) as Json) });
  const process = await startProcess(config, new Monitor(logger));
  atEnd(() => process.close());
  const post: Running['post'] = (path, body, headers = {}) =>
    fetch(process.url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: 'visitor=ana', ...headers },
      body: JSON.stringify(body),
    });
  return { process, standIns, shop, log, post };
}
