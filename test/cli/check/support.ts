import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { run } from '../../../src/cli/run.js';
import { isBuiltIn } from '../../../src/providers/built-in.js';
import { createPayEndpoints, OrderRefused } from '../../../src/server.js';
import { createStandIns } from '../../../src/testing.js';
import { createSampleProviders, order } from '../../support/shop.js';

export const shop = 'https://shop.example.com';

export interface Asked {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  /** The JSON of the request body; empty without one. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Changes the response of a good endpoint into a bad one. */
export type Spoil = (answer: Response, asked: Asked) => Response | Promise<Response>;

export interface Endpoint {
  /** The token endpoint; the outcome endpoint is `outcome`. */
  readonly url: string;
  readonly outcome: string;
  readonly asked: Asked[];
  readonly server: Server;
}

const servers: Server[] = [];
/** Values from response bodies, which no report may contain. */
const responseValues = new Set<string>();

// A fake clock makes every request take 0 ms, however busy the machine is.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'], now: Math.floor(Date.now() / 1000) * 1000 });
});

afterEach(() => {
  vi.useRealTimers();
  responseValues.clear();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** Serves our own endpoints over HTTP, on the stand-ins, for one order. `spoil` changes their responses. */
export async function serve(spoil: Spoil = (answer) => answer): Promise<Endpoint> {
  const pay = createPay();
  const asked: Asked[] = [];
  const answer = async (request: Request) => {
    const { url, method, headers } = request;
    const text = await request.clone().text();
    const one = { url, method, headers, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
    asked.push(one);
    const good = await (url.endsWith('/outcome') ? pay.outcome(request) : pay.token(request));
    good.headers.set('Date', new Date().toUTCString());
    const response = await spoil(good, one);
    collectValues(await response.clone().text());
    return response;
  };
  const listener = getRequestListener(answer, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    response.sendDate = false;
    void listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `${base}/token`, outcome: `${base}/outcome`, asked, server };
}

export function createPay() {
  return createPayEndpoints({
    environment: 'sandbox',
    origins: [shop],
    providers: createSampleProviders(),
    order: ({ order: reference }) => {
      if (reference !== undefined && reference !== order.reference) throw new OrderRefused();
      return order;
    },
    fetch: createStandIns().fetch,
  });
}

function collectValues(text: string): void {
  if (!text) return;
  responseValues.add(text);
  try {
    JSON.parse(text, (_key, value: unknown) => {
      if (typeof value === 'string' && value.length > 10 && !isBuiltIn(value)) responseValues.add(value);
      return value;
    });
  } catch {
    // A text that is not JSON has been added as a whole.
  }
}

export interface Report {
  readonly code: number;
  /** The standard output. */
  readonly text: string;
  readonly errors: string;
}

/** Runs the command in this process, and checks that its output contains no value from a response body. */
export async function report(args: readonly string[], isTTY = false): Promise<Report> {
  const printed = { out: '', err: '' };
  const code = await run(args, {
    out: { isTTY, write: (text) => (printed.out += text) },
    err: { write: (text) => (printed.err += text) },
  });
  for (const value of responseValues) expect(printed.out + printed.err).not.toContain(value);
  return { code, text: printed.out, errors: printed.err };
}

/** Checks an endpoint for Pay-me's sandbox. Later arguments override these. */
export function check({ url }: Pick<Endpoint, 'url'>, ...more: string[]): Promise<Report> {
  return report(['check', url, '--provider', 'payme', '--environment', 'sandbox', '--order', 'A-1001', ...more]);
}

/** Changes the JSON of each token response. */
export function tokens(change: (json: Record<string, unknown>, asked: Asked) => unknown): Spoil {
  return async (answer, asked) => {
    if (answer.status !== 200 || asked.method !== 'POST' || asked.url.endsWith('/outcome')) return answer;
    const json = change((await answer.json()) as Record<string, unknown>, asked);
    return Response.json(json, { headers: answer.headers });
  };
}

/** Sets a header of every response, or removes it. */
export function header(name: string, value?: string): Spoil {
  return (answer) => {
    if (value === undefined) answer.headers.delete(name);
    else answer.headers.set(name, value);
    return answer;
  };
}

/** Changes only the responses to requests that pass the test. */
export function when(test: (asked: Asked) => boolean, spoil: Spoil): Spoil {
  return (answer, asked) => (test(asked) ? spoil(answer, asked) : answer);
}

export const isGet = ({ method }: Asked): boolean => method === 'GET';
export const isPreflight = ({ method }: Asked): boolean => method === 'OPTIONS';
export const isForProduction = ({ body }: Asked): boolean => body.environment === 'production';
export const isForUnknownOrder = ({ body }: Asked): boolean => body.order !== undefined && body.order !== 'A-1001';
export const isOutcome = ({ url, method }: Asked): boolean => url.endsWith('/outcome') && method === 'POST';
