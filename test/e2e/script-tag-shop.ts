import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { createBackend } from '../../demo/backend.js';
import type { ProviderName } from '../../demo/providers/index.js';
import { welcome } from '../../demo/session.js';
import { hashOf, moveHosts } from './move-hosts.js';
import { follow } from './support.js';

/** A shop whose pages load files of the script-tag build from another origin, which serves these files and nothing else. */
export interface ScriptTagShop {
  /** @returns the address of a page that loads these files, in this order, and has an element for the provider */
  page(this: void, files: readonly string[], provider: ProviderName): string;
  close(this: void): void;
}

type Scripts = Readonly<Record<ProviderName, () => string>>;

export async function openScriptTagShop(): Promise<ScriptTagShop> {
  const { scripts } = (await import(resolve('dist/testing-scripts.js'))) as { scripts: Scripts };
  const { app } = createBackend({ library: (name) => Promise.resolve(scripts[name]()) });
  app.get('/script-tag', (context) => {
    welcome(context);
    const { files = '', provider = '' } = context.req.query();
    return context.html(write(files.split(','), provider, cdn.url, read));
  });
  const shop = await listen(app);
  // As if Payroc had published its stand-in.
  const read = (file: string) => moveHosts(readFileSync(`dist/${file}`, 'utf8'), (_, host) => `${shop.url}stand-in/${host}`, scripts);
  const cdn = await listen(filesAlone(read));
  return {
    page: (files, provider) => `${shop.url}script-tag?${new URLSearchParams({ files: files.join(), provider }).toString()}`,
    close: () => [shop, cdn].forEach(({ close }) => close()),
  };
}

async function listen({ fetch }: Hono) {
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
}

/** Each file in a folder of its own. */
function filesAlone(read: (file: string) => string): Hono {
  const headers = { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' };
  return new Hono().get('/:folder/:file{.+\\.min\\.js}', ({ req, body, notFound }) => {
    const { folder, file } = req.param();
    return file === `${folder}.min.js` ? body(read(file), 200, headers) : notFound();
  });
}

function write(files: readonly string[], provider: string, cdn: string, read: (file: string) => string): string {
  const tags = files.map(
    (file) =>
      `<script src="${cdn}${file.replace('.min.js', '')}/${file}" integrity="${hashOf(read(file))}" crossorigin="anonymous" defer></script>`,
  );
  return `<!doctype html>
<html lang="es">
  <head>
    <meta charset="utf-8" />
    <title>A shop that loads the checkout from a CDN</title>
    <script>(${String(follow)})()</script>
    ${tags.join('\n    ')}
  </head>
  <body>
    <pay-checkout
      provider="${provider}"
      environment="sandbox"
      order="A-1001"
      token-endpoint="/api/pay/token"
      outcome-endpoint="/api/pay/outcome"
    ></pay-checkout>
  </body>
</html>`;
}
