import { createAdaptorServer, type ServerType } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { createApp, type AppOptions } from './app.js';

const host = '127.0.0.1';

export interface StartOptions extends AppOptions {
  /** 0 selects a free port. */
  readonly port: number;
}

export interface Running {
  /** Without a slash at the end, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/**
 * Serves the stand-ins on loopback.
 *
 * @throws {PortTaken}
 */
export async function start({ port, ...options }: StartOptions): Promise<Running> {
  // `standIns.handle` receives a native request, as on every other server.
  const server = createAdaptorServer({ fetch: createApp(options).fetch, overrideGlobalObjects: false });
  await listen(server, port);
  const { port: actual } = server.address() as AddressInfo;
  return { url: `http://${host}:${actual}`, close: () => close(server) };
}

/** Another process listens on the port. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';

  constructor(port: number) {
    super(`Port ${port} of ${host} is taken. End the process that uses it, or choose another port with --port, such as ${port + 1}.`);
  }
}

async function listen(server: ServerType, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? new PortTaken(port) : error;
  }
}

async function close(server: ServerType): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  if ('closeAllConnections' in server) server.closeAllConnections();
  await closed;
}
