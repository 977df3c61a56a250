import { mkdirSync, mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { build } from 'vite';
import vue from '@vitejs/plugin-vue';
import { createBackend } from '../../../demo/backend.js';
import { alias } from '../../../demo/bundle.js';
import { buildLibrary } from '../../../demo/library.js';
import { welcome } from '../../../demo/session.js';
import { follow } from '../support.js';

/** By name: where its two halves are, and what else its modules are called. */
const frameworks = {
  'react-19': { entry: 'react', names: {} },
  'react-18': { entry: 'react', names: { react: 'react-18', 'react-dom': 'react-dom-18' } },
  vue: { entry: 'vue', names: {} },
} as const;

export type Framework = keyof typeof frameworks;

export interface HydrationShop {
  readonly url: string;
  close(): void;
}

/** A shop whose pages a server renders, and a framework takes over once their form is open: the development build of each, which tells the most. */
export async function openHydrationShop(): Promise<HydrationShop> {
  const app = new Hono();
  app.route('/', createBackend({ library: buildLibrary }).app);
  for (const name of Object.keys(frameworks) as Framework[]) {
    const [render, script] = await Promise.all([buildServer(name), buildClient(name)]);
    app.get(`/${name}.js`, (context) => context.body(script, 200, { 'Content-Type': 'text/javascript' }));
    app.get(`/${name}`, async (context) => {
      welcome(context);
      return context.html(pageOf(name, await render(context.req.query('as') ?? '')));
    });
  }
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
}

function pageOf(name: Framework, html: string): string {
  return `<!doctype html>
    <html lang="es">
      <title>A page that a server has rendered</title>
      <script>(${String(follow)})()</script>
      <script type="module" src="/${name}.js"></script>
      <div id="app">${html}</div>
    </html>`;
}

async function buildClient(name: Framework): Promise<string> {
  const [code] = await output(name, { lib: { entry: entryOf(name, 'client'), formats: ['iife'], name: 'unused' }, write: false });
  return code!;
}

async function buildServer(name: Framework): Promise<(as: string) => string | Promise<string>> {
  mkdirSync('coverage', { recursive: true });
  const outDir = resolve(mkdtempSync(join('coverage', 'hydration-')));
  await output(name, { ssr: entryOf(name, 'server'), outDir, rolldownOptions: { output: { entryFileNames: 'server.mjs' } } });
  const { render } = (await import(pathToFileURL(join(outDir, 'server.mjs')).href)) as { render(as: string): string | Promise<string> };
  return render;
}

async function output(name: Framework, options: object): Promise<string[]> {
  const others = Object.entries(frameworks[name].names).map(([find, to]) => ({
    find: new RegExp(`^${find}(/.+)?$`),
    replacement: `${to}$1`,
  }));
  const built = await build({
    ...{ configFile: false, logLevel: 'warn', mode: 'development' },
    plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'pay-checkout' } } })],
    define: { 'process.env.NODE_ENV': '"development"' },
    resolve: { alias: [...alias, ...others] },
    ssr: { noExternal: true },
    build: { target: 'es2022', ...options },
  });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new Error(`${name} could not be built.`);
  return first.output.map((file) => (file.type === 'chunk' ? file.code : ''));
}

function entryOf(name: Framework, half: 'server' | 'client'): string {
  const { entry } = frameworks[name];
  return join(import.meta.dirname, `${entry}-${half}.${entry === 'vue' ? 'ts' : 'tsx'}`);
}
