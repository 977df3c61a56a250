import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { BrowserContext } from 'playwright-core';
import { build } from 'vite';
import { createBackend } from '../../demo/backend.js';
import { alias } from '../../demo/bundle.js';
import { buildLibrary } from '../../demo/library.js';
import type { ProviderName } from '../../demo/providers/index.js';
import { welcome } from '../../demo/session.js';
import { flexStyles } from '../../src/testing/payme/styles.js';
import { forEachProvider } from '../../src/testing/providers.js';
import { follow } from './support.js';

const script = 'dist/pay-checkout.min.js';
const pages = ['bare', 'bare-with-stand-ins', 'stand-ins-first', 'stand-ins-late', 'nested', 'app'];
const apps = ['strict-mode', 'keep-alive'];

/** A server that knows nothing of vite: pages of HTML, the built files, two applications, and the merchant's backend. */
export interface BareShop {
  /** Ends with a slash. */
  readonly url: string;
  /** What Pay-me's host serves as the library, reading its API from this server. */
  readonly library: string;
  /** The next request for each of these paths is never answered. */
  hangOnce(...paths: RegExp[]): void;
  close(): void;
}

/** What the element loads from Pay-me's host. */
export const paymeFiles = {
  script: 'https://flex.dev.pay-me.cloud/flex-payment-forms.min.js',
  style: 'https://flex.dev.pay-me.cloud/main-flex-payment-forms.css',
};

/** Answers for Pay-me's host in the windows of that context, on this machine. */
export async function answerForPayme(context: BrowserContext, { library }: BareShop): Promise<void> {
  await context.route(paymeFiles.script, (route) => route.fulfill({ contentType: 'text/javascript', body: library }));
  await context.route(paymeFiles.style, (route) => route.fulfill({ contentType: 'text/css', body: flexStyles }));
}

export async function openBareShop(): Promise<BareShop> {
  const code = await buildLibrary('payme');
  const libraries = forEachProvider((name) => once(() => (name === 'payme' ? Promise.resolve(code) : buildLibrary(name))));
  const library = (name: ProviderName) => libraries[name]();
  const app = new Hono();
  const hanging = new Set<RegExp>();
  app.use(async ({ req }, next) => {
    const path = [...hanging].find((one) => one.test(req.path));
    if (!path) return next();
    hanging.delete(path);
    // Until the client disconnects, or the server ends.
    return new Promise((resolve) => req.raw.signal.addEventListener('abort', () => resolve(new Response())));
  });
  app.route('/', createBackend({ library }).app);
  app.get('/elsewhere', (context) => context.html('<!doctype html><title>Elsewhere</title>'));
  for (const page of pages) {
    app.get(`/${page}`, (context) => {
      welcome(context);
      return context.html(pageWith(page, context.req.query()));
    });
  }
  for (const name of apps) {
    const code = once(() => buildApp(name));
    app.get(`/apps/${name}.js`, async (context) => context.body(await code(), 200, { 'Content-Type': 'text/javascript' }));
  }
  app.use('/dist/*', serveStatic({ root: '.' }));
  app.use('/node_modules/zod/*', serveStatic({ root: '.' }));
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const src = `${url}stand-in/flex.dev.pay-me.cloud/flex-payment-forms.min.js`;
  // It finds its API by its own address, which is the real one here.
  return {
    url,
    library: code.replace('document.currentScript', JSON.stringify({ src })),
    hangOnce: (...paths) => paths.forEach((path) => hanging.add(path)),
    close: () => void server.close(),
  };
}

/** Makes sure that the tests see the source as it is now. */
export function ensureBuilt(): void {
  // The runner sets NODE_ENV, which lit's bundle would follow.
  const env = { ...process.env, NODE_ENV: '' };
  if (!existsSync(script)) execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit', env });
  const sources = readdirSync('src', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const newest = Math.max(...sources.map(({ parentPath, name }) => statSync(`${parentPath}/${name}`).mtimeMs));
  if (statSync(script).mtimeMs < newest) throw new Error(`${script} is older than src/: run \`npm run build\` first.`);
}

function pageWith(name: string, query: Record<string, string>): string {
  const page = readFileSync(new URL(`./${name}.html`, import.meta.url), 'utf8');
  const integrity = readFileSync(`${script}.sri`, 'utf8').trim();
  const parts: Record<string, string> = { provider: 'payme', ...query, integrity, follow: `<script>(${String(follow)})()</script>` };
  return page.replace(/\{\{(\w+)\}\}/g, (_, part: string) => parts[part] ?? '');
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}

/** An application in `apps/`, with the development build of its framework: React's strict mode is nothing in the other one. */
async function buildApp(name: string): Promise<string> {
  const built = await build({
    ...{ configFile: false, logLevel: 'warn', mode: 'development' },
    resolve: { alias },
    define: { 'process.env.NODE_ENV': '"development"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false' },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL(`./apps/${name}.ts`, import.meta.url)), formats: ['iife'], name: 'unused' },
    },
  });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new Error(`The application ${name} could not be built.`);
  return first.output[0].code;
}
