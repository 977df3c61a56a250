import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { providerNames, type ProviderName } from '../../../demo/providers/index.js';
import { builtInAssets } from '../../../src/providers/built-in.js';
import { createStandIns } from '../../../src/testing.js';
import { forEachProvider } from '../../../src/testing/providers.js';
import { moveHosts } from '../move-hosts.js';
import { follow } from '../support.js';
import type { Drill } from './drill.js';
import { stopClock } from './drill-clock.js';
import { openDrillEndpoints } from './drill-endpoints.js';

/** A shop with two providers, for one drill. */
export interface OutageShop {
  /** The address of the checkout page. */
  readonly url: string;
  /** The providers for which the page has requested a token, in order. */
  readonly tokenRequests: readonly string[];
  /** The number of payments at all providers, also those that were declined. */
  countPayments(this: void): number;
  close(this: void): void;
}

/** No program listens on this port, and no browser blocks it. */
const refusing = 'http://127.0.0.1:2';

const full = 'pay-checkout.min.js';

export async function openOutageShop(drill: Drill): Promise<OutageShop> {
  const { files = [full] } = drill;
  const { scripts } = (await import(resolve('dist/testing-scripts.js'))) as { scripts: Record<ProviderName, () => string> };
  const has = (name: ProviderName, outage: string) => drill.outages?.[name] === outage;
  const libraries = forEachProvider((name) => () => (has(name, 'form-never-ready') ? withoutForm(name, scripts[name]()) : scripts[name]()));
  const standIns = createStandIns({ scripts: libraries });
  const endpoints = await openDrillEndpoints(drill, standIns);
  const app = new Hono();
  app.get('/', ({ html }) => html(write(drill)));
  app.get('/dist/:file', async ({ req, body }) => {
    const { origin } = new URL(req.url);
    const { file } = req.param();
    if (file !== files[0]) await endpoints.firstRequest;
    const urlOf = (name: ProviderName, host: string) => `${has(name, 'host-refuses') ? refusing : origin}/stand-in/${host}`;
    const code = moveHosts(readFileSync(`dist/${file}`, 'utf8'), urlOf, libraries);
    return body(code, 200, { 'Content-Type': 'text/javascript' });
  });
  for (const name of providerNames.filter((one) => has(one, 'script-hangs'))) {
    const { host } = new URL(builtInAssets[name].sandbox.script!.url);
    app.get(`/stand-in/${host}/*`, ({ req }) => hang(req.raw.signal));
  }
  app.all('/stand-in/*', ({ req }) => standIns.handle(req.raw));
  app.route('/', endpoints.app);
  return {
    ...(await listen(app)),
    tokenRequests: endpoints.tokenRequests,
    countPayments: () => providerNames.flatMap((name) => standIns[name].payments()).length,
  };
}

/** The library loads, but never reports that its form is ready. */
function withoutForm(name: ProviderName, code: string): string {
  const [global] = builtInAssets[name].sandbox.global.split('.');
  return `${code}\n;${global}.faults.neverReady = true;`;
}

/** Responds when the client disconnects. */
function hang(signal: AbortSignal): Promise<Response> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(new Response())));
}

async function listen({ fetch }: Hono) {
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Keeps the lines of the console. Runs in the page. */
function keepLines(): void {
  const lines: string[] = [];
  const { warn } = console;
  console.warn = (...values: unknown[]) => (lines.push(values.join(' ')), warn(...values));
  Object.assign(window, { lines });
}

/** Adds the element once the page has loaded, because a driver waits for that, and a script that hangs delays it. Runs in the page. */
function addElement(): void {
  const add = () => document.body.append(...[...document.querySelectorAll('template')].map(({ content }) => content.cloneNode(true)));
  addEventListener('load', () => setTimeout(add));
}

function write({ provider, fallback, files = [full] }: Drill): string {
  const element = `<pay-checkout
      provider="${provider}"
      fallback="${fallback}"
      environment="sandbox"
      order="A-1001"
      token-endpoint="/token"
      outcome-endpoint="/outcome"
    ></pay-checkout>`;
  return `<!doctype html>
<html lang="es">
  <head>
    <meta charset="utf-8" />
    <title>A shop with two providers</title>
    <script>${[stopClock, keepLines, follow, addElement].map((script) => `(${String(script)})();`).join('\n')}</script>
    ${files.map((file) => `<script src="/dist/${file}" defer></script>`).join('\n    ')}
  </head>
  <body>
    ${files.length > 1 ? element : `<template>${element}</template>`}
  </body>
</html>`;
}
