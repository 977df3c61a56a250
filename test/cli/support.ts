import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { run } from '../../src/cli/run.js';
import { createPayEndpoints, OrderRefused } from '../../src/server.js';
import { createStandIns } from '../../src/testing.js';
import { createSampleProviders, order } from '../support/shop.js';

export const shop = 'https://shop.example.com';

export interface Asked {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  /** What was posted, as JSON; empty where nothing was. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Makes something bad of what a good endpoint answers. */
export type Spoil = (answer: Response, asked: Asked) => Response | Promise<Response>;

export interface Endpoint {
  /** The token endpoint; the outcome endpoint is `outcome`. */
  readonly url: string;
  readonly outcome: string;
  readonly asked: Asked[];
  readonly server: Server;
}

const open: Server[] = [];
/** Whatever stood in an answer, and may not stand in a report. */
const said = new Set<string>();

// Nothing takes any time, however busy the machine is.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'], now: Math.floor(Date.now() / 1000) * 1000 });
});

afterEach(() => {
  vi.useRealTimers();
  said.clear();
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** Our own endpoints over HTTP, on the stand-ins, for the one order that there is; spoilt on the way. */
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
    keep(await response.clone().text());
    return response;
  };
  const listener = getRequestListener(answer, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    response.sendDate = false;
    void listener(request, response);
  });
  open.push(server);
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

function keep(text: string): void {
  if (!text) return;
  said.add(text);
  try {
    JSON.parse(text, (_key, value: unknown) => {
      if (typeof value === 'string' && value.length > 10) said.add(value);
      return value;
    });
  } catch {
    // No JSON: it is kept as a whole.
  }
}

export interface Report {
  readonly code: number;
  /** What was printed. */
  readonly text: string;
  readonly errors: string;
}

/** Runs the command in this process. No report holds anything that stood in an answer's body. */
export async function report(args: readonly string[], isTTY = false): Promise<Report> {
  const printed = { out: '', err: '' };
  const code = await run(args, {
    out: { isTTY, write: (text) => (printed.out += text) },
    err: { write: (text) => (printed.err += text) },
  });
  for (const value of said) expect(printed.out + printed.err).not.toContain(value);
  return { code, text: printed.out, errors: printed.err };
}

/** Checks an endpoint for Pay-me in its sandbox, unless told otherwise. */
export function check({ url }: Pick<Endpoint, 'url'>, ...more: string[]): Promise<Report> {
  return report(['check', url, '--provider', 'payme', '--environment', 'sandbox', '--order', 'A-1001', ...more]);
}

/** Spoils the JSON of the tokens that are handed out. */
export function tokens(change: (json: Record<string, unknown>, asked: Asked) => unknown): Spoil {
  return async (answer, asked) => {
    if (answer.status !== 200 || asked.method !== 'POST' || asked.url.endsWith('/outcome')) return answer;
    const json = change((await answer.json()) as Record<string, unknown>, asked);
    return Response.json(json, { headers: answer.headers });
  };
}

/** Sets a header of every answer, or takes it away. */
export function header(name: string, value?: string): Spoil {
  return (answer) => {
    if (value === undefined) answer.headers.delete(name);
    else answer.headers.set(name, value);
    return answer;
  };
}

/** Answers some requests otherwise. */
export function when(test: (asked: Asked) => boolean, spoil: Spoil): Spoil {
  return (answer, asked) => (test(asked) ? spoil(answer, asked) : answer);
}

export const isGet = ({ method }: Asked): boolean => method === 'GET';
export const isPreflight = ({ method }: Asked): boolean => method === 'OPTIONS';
export const isForProduction = ({ body }: Asked): boolean => body.environment === 'production';
export const isForUnknownOrder = ({ body }: Asked): boolean => body.order !== undefined && body.order !== 'A-1001';
export const isOutcome = ({ url, method }: Asked): boolean => url.endsWith('/outcome') && method === 'POST';
