import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { providers, type ProviderName } from '../../../demo/providers/index.js';
import { createPayEndpoints, type PaymentOutcome } from '../../../src/server.js';
import { createStandIns, type StandIns } from '../../../src/testing.js';
import { providerNames } from '../../../src/testing/providers.js';
import { buyer } from '../../server/fake-payme.js';
import { post, read } from '../../testing/support.js';

const fresh = createStandIns();

/** The providers that send notifications. */
export const notifying = providerNames.filter((name) => fresh[name].notification);
/** The providers that send none. */
export const silent = providerNames.filter((name) => !fresh[name].notification);

export interface Shop {
  /** The address of its endpoint for notifications. */
  readonly notificationUrl: string;
  readonly told: readonly PaymentOutcome[];
  /** Pays an order in the form of the provider, without a page. The outcome endpoint is not called, except for a provider without notifications. */
  pay(this: void, reference: string, card?: 'approved' | 'declined'): Promise<void>;
  close(this: void): void;
}

export interface ShopOptions {
  /** Whether tokens name the address for notifications. */
  readonly namesAddress?: boolean;
}

/** Starts a shop with one provider, whose endpoint for notifications listens on loopback. */
export async function openShop(standIns: StandIns, name: ProviderName, { namesAddress = true }: ShopOptions = {}): Promise<Shop> {
  const told: PaymentOutcome[] = [];
  const server = createAdaptorServer({ fetch: (request) => notifications()(request), overrideGlobalObjects: false });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const notificationUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notifications/${name}`;
  const { create, currency, cards } = providers[name];
  const account = { ...(await standIns[name].credentials()), ...(namesAddress && standIns[name].notification && { notificationUrl }) };
  const orderOf = (reference: string) => ({ reference, amount: 1050, currency, buyer });
  const pay = createPayEndpoints({
    environment: 'sandbox',
    providers: { [name]: create(account) },
    order: ({ order = '' }) => orderOf(order),
    orderByReference: ({ reference }) => orderOf(reference),
    onOutcome: (one) => void told.push(one),
    fetch: standIns.fetch,
  });
  const notifications = () => (pay.notifications as Record<string, (request: Request) => Promise<Response>>)[name]!;
  return {
    notificationUrl,
    told,
    async pay(reference, card = 'approved') {
      const body = { provider: name, environment: 'sandbox', order: reference };
      const answer = await read(post((url, init) => pay.token(new Request(url, init)), 'http://127.0.0.1/token', body));
      const result = await standIns.pay({ provider: name, answer, card: cards[card]!.number });
      if (standIns[name].notification) return;
      await post((url, init) => pay.outcome(new Request(url, init)), 'http://127.0.0.1/outcome', { ...body, attempt: 1, result });
    },
    close: () => void server.close(),
  };
}

/** Returns an address of this machine where nothing listens. */
export async function findFreeAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/`;
}

/** Starts a server that answers every request with this status. */
export async function answerWith(status: number) {
  const server = createServer((_request, response) => void response.writeHead(status, { location: '/' }).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
}
