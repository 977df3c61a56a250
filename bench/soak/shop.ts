import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createBackend } from '../../demo/backend.js';
import { buildLibrary, bundleClassic } from '../../demo/library.js';
import { welcome } from '../../demo/session.js';
import { forEachProvider, providerNames } from '../../src/testing/providers.js';
import { formCode } from '../providers/library.js';

export interface Shop {
  readonly url: string;
  close(): void;
}

/** Serves a page with the soak's script, the merchant's backend, and the stand-ins' libraries as separate files. */
export async function openShop(): Promise<Shop> {
  const script = await bundleClassic('bench/soak/page.ts');
  const libraries = forEachProvider((name) => buildLibrary(name));
  const { app } = createBackend({ library: (name) => libraries[name] });
  app.get('/', (context) => {
    welcome(context);
    return context.html('<!doctype html><html lang="es"><title>Soak</title><body><script src="/soak.js"></script></body></html>');
  });
  const serveScript = (path: string, code: string) => app.get(path, ({ body }) => body(code, 200, { 'Content-Type': 'text/javascript' }));
  serveScript('/soak.js', script);
  for (const name of providerNames) serveScript(`/forms/${name}.js`, formCode(name));
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
}
