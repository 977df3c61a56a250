import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono } from 'hono';
import { createBackend, type Backend } from './backend.js';
import { findIntegrity } from './integrity.js';
import { buildLibrary } from './library.js';
import { serveMerchant } from './merchant/routes.js';
import { Modules } from './modules.js';
import { findOrder, placeOrder, type ShopOrder } from './orders.js';
import { playgroundPage, shopPage, shops, withStandIns } from './pages.js';
import { welcome } from './session.js';
import { chooseLanguage } from './shop/texts.js';
import type { StandInsOptions } from '../src/testing/stand-ins.js';
import { chosenProvider } from './chosen.js';
import type { ProviderName } from './providers/index.js';
import { describe, readAccounts, readPort, type Env } from './settings.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const host = '127.0.0.1';

export interface StartOptions {
  /** 0 selects a free port. */
  readonly port?: number;
  /** The environment variables, which may name accounts. A provider without an account uses its stand-in. */
  readonly env?: Env;
  /** The options of the stand-ins. */
  readonly standIns?: StandInsOptions;
  readonly onError?: (error: unknown) => void;
}

export interface Demo extends Pick<Backend, 'standIns'> {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the playground, the shop, the merchant's backend and the stand-ins in this process. */
export async function start({ port = 0, env = {}, standIns, onError }: StartOptions = {}): Promise<Demo> {
  const library = once(buildLibrary);
  const backend = createBackend({ accounts: readAccounts(env), library, standIns, onError });
  const modules = new Modules();
  servePages(backend, modules);
  serveMerchant(backend);
  serveFiles(backend.app, modules);
  const listener = getRequestListener(backend.app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  const url = `http://${host}:${await listen(server, port)}/`;
  return { url, standIns: backend.standIns, close: () => close(server) };
}

function servePages({ app, isStandIn, setFault }: Backend, modules: Modules): void {
  const page = (path: string, read: (context: Context, provider: ProviderName) => Promise<string>) =>
    app.get(path, async (context) => {
      const provider = chosenProvider(context.req.query('provider'));
      setFault(provider, context.req.query('fault'));
      modules.refresh();
      const text = await read(context, provider);
      return context.html(isStandIn(provider) ? withStandIns(text) : text);
    });
  page('/', async (context) => {
    welcome(context);
    return playgroundPage();
  });
  app.get('/script-integrity', async (context) => context.text(await findIntegrity()));
  for (const shop of shops) {
    page(`/${shop}/`, async (context, provider) => {
      const capture = context.req.query('capture') === 'later' ? 'later' : undefined;
      const order = orderOf(welcome(context), context.req.query('order'), { capture });
      return shopPage(shop, order, { provider, language: chooseLanguage(context.req.query('lang')) });
    });
    app.get(`/${shop}`, ({ redirect }) => redirect(`/${shop}/`));
  }
}

/** Returns the visitor's order with this number, as after a reload of its page; else a new one. */
function orderOf(visitor: string, number: string | undefined, options: Pick<ShopOrder, 'capture'>): ShopOrder {
  return (number === undefined ? undefined : findOrder(visitor, number)) ?? placeOrder(visitor, options);
}

/** Serves the files that the pages use, and no others. */
function serveFiles(app: Hono, modules: Modules): void {
  app.use('/demo/:folder/:file{.+\\.(css|svg)}', serveStatic({ root }));
  app.on('GET', ['/src/*', '/demo/*', '/chunks/*'], async ({ req, body, notFound }) => {
    const text = await modules.read(req.path);
    const type = req.path.endsWith('.map') ? 'application/json' : 'text/javascript';
    return text === undefined ? notFound() : body(text, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' });
  });
}

/** Uses the next free port if the requested one is taken. */
async function listen(server: Server, port: number): Promise<number> {
  for (let wanted = port; ; wanted++) {
    try {
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(wanted, host, resolve));
      return (server.address() as AddressInfo).port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || wanted > port + 100) throw error;
    }
  }
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

function once<Key, T>(work: (key: Key) => Promise<T>): (key: Key) => Promise<T> {
  const results = new Map<Key, Promise<T>>();
  return (key) => {
    const result = results.get(key) ?? work(key);
    results.set(key, result);
    return result;
  };
}

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { env } = process;
  const demo = await start({ port: readPort(env), env, onError: (error) => console.error(String(error)) });
  const places = [
    `Playground  ${demo.url}`,
    `Shop        ${demo.url}shop/`,
    `in React    ${demo.url}react/`,
    `in Vue      ${demo.url}vue/`,
    `Merchant    ${demo.url}merchant/`,
  ];
  console.log(['', ...places, '', ...describe(readAccounts(env)), ''].join('\n  '));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void demo.close());
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
