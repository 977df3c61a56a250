import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import type { ProcessConfig } from '../config/process-settings.js';

export interface Listener {
  /** Without a slash at its end. */
  readonly url: string;
  /**
   * Takes no more connections, and resolves once the open ones have ended.
   *
   * @param afterResponses resolves when no response is being created any more. Connections without a request are then closed
   */
  close(this: void, afterResponses: () => Promise<void>): Promise<void>;
}

/** Milliseconds for the bytes of the last responses. */
const lastResponses = 1_000;

/** Milliseconds. Longer than a proxy keeps an idle connection, or it would send a request on one that is being closed. */
const keepAliveTimeout = 75_000;

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

/** Listens for requests. @throws {Error} if the port is taken or not allowed */
export async function listen(fetch: Fetch, { host, port }: Pick<ProcessConfig, 'host' | 'port'>): Promise<Listener> {
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false }) as Server;
  server.keepAliveTimeout = keepAliveTimeout;
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`PORT: ${host}:${port} cannot be used (${code}). Choose another port, or end the process that uses it.`, {
      cause: error,
    });
  }
  const { port: actual } = server.address() as AddressInfo;
  const close: Listener['close'] = async (afterResponses) => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await afterResponses();
    // A response may still be on its way, but a connection on which nothing was ever sent would never end.
    await Promise.race([closed, sleep(lastResponses, undefined, { ref: false })]);
    server.closeAllConnections();
    return closed;
  };
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, close };
}
