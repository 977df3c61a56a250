// Runs the stand-ins and a shop's backend in a process of its own, and sends its addresses to the parent.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createStandIns } from '../../src/testing.js';
import { order } from '../../test/support/shop.js';

export interface NeighbourUrls {
  readonly standIns: string;
  readonly shop: string;
}

/** The account of Pay-me's stand-in. */
export const account = { clientId: 'your_client_id', clientSecret: 'your_client_secret', merchantCode: 'your_merchant_code' };

async function listen(answer: (request: Request) => Response | Promise<Response>): Promise<string> {
  const listener = getRequestListener(answer, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function start(): Promise<NeighbourUrls> {
  const { handle } = createStandIns();
  const settings = { payme: { ...account, clientSecret: [account.clientSecret] } };
  const standIns = await listen((request) => (request.url.endsWith('/settings') ? Response.json(settings) : handle(request)));
  return { standIns, shop: await listen(() => Response.json(order)) };
}

if (process.send) process.send(await start());
