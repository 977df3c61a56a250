import { Server, type AddressInfo } from 'node:net';
import { relative } from 'node:path';
import { Miniflare, type Request as WorkerRequest } from 'miniflare';
import { vi } from 'vitest';
import { bundle } from '../../demo/bundle.js';
import type { Fetch } from '../../src/server.js';

/** A backend that listens on loopback. */
export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

/** Runs a snippet that ends with `listen(3000)`, in this process, but on a free port of loopback. */
export async function runOnNode(path: string): Promise<Running> {
  const { listen } = Server.prototype;
  const server = await new Promise<Server>((resolve, reject) => {
    vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args: unknown[]) {
      const done = args.find((arg) => typeof arg === 'function') as (() => void) | undefined;
      return (listen as (...args: unknown[]) => Server).call(this, 0, '127.0.0.1', () => {
        done?.();
        resolve(this);
      });
    });
    import(/* @vite-ignore */ path).catch(reject);
  }).finally(() => vi.mocked(Server.prototype.listen).mockRestore());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  (server as Partial<{ closeAllConnections(): void }>).closeAllConnections?.();
  await closed;
}

export async function bundleWorker(path: string): Promise<string> {
  const [chunk] = await bundle({ lib: { entry: relative('.', path), formats: ['es'], fileName: 'worker' } });
  if (chunk?.type !== 'chunk') throw new Error('No module was bundled.');
  return chunk.code;
}

/** Runs a Worker in the runtime that Cloudflare has; what it fetches is answered by `fetch`. */
export async function runInWorkerd(script: string, env: Record<string, string>, fetch: Fetch): Promise<Running> {
  const worker = new Miniflare({
    host: '127.0.0.1',
    port: 0,
    modules: true,
    script,
    compatibilityDate: '2026-01-01',
    compatibilityFlags: ['nodejs_compat', 'enable_request_signal'],
    bindings: env,
    outboundService: (request: WorkerRequest) => answerFor(request, fetch),
  });
  return { url: (await worker.ready).origin, close: () => worker.dispose() };
}

async function answerFor(request: WorkerRequest, fetch: Fetch): Promise<never> {
  const { method, headers, signal } = request;
  const body = method === 'GET' ? undefined : await request.text();
  return (await fetch(request.url, { method, headers: Object.fromEntries(headers), body, signal })) as never;
}
