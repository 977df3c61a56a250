import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { createBackend } from '../../demo/backend.js';
import { buildLibrary } from '../../demo/library.js';
import { welcome } from '../../demo/session.js';
import { createFiles, type File, type Files } from './files.js';
import type { Page } from './pages.js';

/**
 * Milliseconds of network latency between the shopper and the token endpoint, which this server adds itself. A browser's emulated
 * latency is only the minimum time of a response, so it would hide the endpoint's own time.
 */
const latency = 562.5;

export interface Shop {
  readonly origin: string;
  readonly files: Files;
  /** Serves a page and returns its URL. */
  serve(path: string, page: Page): string;
  close(): void;
}

/**
 * Starts one server for all hosts: the shop, its token endpoint and the providers' files. All files are compressed in advance.
 *
 * @param tokenTime milliseconds that the token endpoint takes on a slow network; no delay by default
 */
export async function openShop(tokenTime?: number): Promise<Shop> {
  const { app } = createBackend({ library: buildLibrary });
  const backend = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const served = new Map<string, { readonly zipped: Buffer; readonly headers: Record<string, string> }>();
  const tokenDelay = tokenTime === undefined ? 0 : latency + tokenTime;
  const server = createServer((request, response) => {
    const [path] = request.url!.split('?') as [string];
    const found = served.get(path);
    if (found) response.writeHead(200, { ...found.headers, 'content-encoding': 'gzip' }).end(found.zipped);
    else if (path === '/api/pay/token') void sleep(tokenDelay).then(() => backend(request, response));
    else void backend(request, response);
  });
  const origin = await listen(server);
  const files = await createFiles(origin);
  const add = ({ path, type, text }: File) => served.set(path, { zipped: zip(text), headers: headersOf(type) });
  for (const { library, styles, scripts } of Object.values(files.of)) {
    for (const file of [library, styles, scripts.own.file, scripts.full.file]) if (file) add(file);
  }
  app.get('/welcome', (context) => context.text(welcome(context)));
  return {
    origin,
    files,
    serve(path, { html, own }) {
      if (own) add(own);
      served.set(path, { zipped: zip(html), headers: { 'content-type': 'text/html', 'cache-control': 'no-store' } });
      return `${origin}${path}`;
    },
    close: () => void server.close(),
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function headersOf(type: string): Record<string, string> {
  return { 'content-type': type, 'cache-control': 'max-age=31536000, immutable', 'access-control-allow-origin': '*' };
}

function zip(text: string): Buffer {
  return gzipSync(text, { level: 9 });
}
