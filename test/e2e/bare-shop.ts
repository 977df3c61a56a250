import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { createBackend } from '../../demo/backend.js';
import { buildLibrary } from '../../demo/library.js';
import type { ProviderName } from '../../demo/providers.js';
import { welcome } from '../../demo/session.js';

const script = 'dist/pay-checkout.min.js';

/** A server that knows nothing of vite: two pages of HTML, the built files, and the merchant's backend. */
export interface BareShop {
  /** Ends with a slash. */
  readonly url: string;
  /** What Pay-me's host serves as the library, reading its API from this server. */
  readonly library: string;
  close(): void;
}

export async function openBareShop(): Promise<BareShop> {
  const code = await buildLibrary('payme');
  const library = (name: ProviderName) => (name === 'payme' ? Promise.resolve(code) : buildLibrary(name));
  const { app } = createBackend({ library });
  for (const page of ['bare', 'bare-with-stand-ins']) {
    app.get(`/${page}`, (context) => {
      welcome(context);
      return context.html(pageWith(page, context.req.query('provider')));
    });
  }
  app.use('/dist/*', serveStatic({ root: '.' }));
  app.use('/node_modules/zod/*', serveStatic({ root: '.' }));
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const src = `${url}stand-in/flex.dev.pay-me.cloud/flex-payment-forms.min.js`;
  // It finds its API by its own address, which is the real one here.
  return { url, library: code.replace('document.currentScript', JSON.stringify({ src })), close: () => void server.close() };
}

/** Makes sure that the tests see the source as it is now. */
export function ensureBuilt(): void {
  if (!existsSync(script)) execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  const sources = readdirSync('src', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const newest = Math.max(...sources.map(({ parentPath, name }) => statSync(`${parentPath}/${name}`).mtimeMs));
  if (statSync(script).mtimeMs < newest) throw new Error(`${script} is older than src/: run \`npm run build\` first.`);
}

function pageWith(name: string, provider = 'payme'): string {
  const page = readFileSync(new URL(`./${name}.html`, import.meta.url), 'utf8').replace('{{provider}}', provider);
  return page.replace('{{integrity}}', readFileSync(`${script}.sri`, 'utf8').trim());
}
