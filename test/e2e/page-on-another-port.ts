import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { providerNames, providers, type ProviderName } from '../../demo/providers/index.js';
import { createPayEndpoints, type Order } from '../../src/server.js';
import { forEachProvider } from '../../src/testing/providers.js';
import { buyer } from '../server/fake-payme.js';
import { follow } from './support.js';

/** The script tags of a page, in this order. `stand-ins` and `element` are the addresses of the two files. */
export type Tags = (files: { readonly standIns: string; readonly element: string }) => string;

export interface PageOnAnotherPort {
  page(this: void, tags: Tags, provider: ProviderName): string;
  /** By provider: the outcomes of the order. */
  readonly outcomes: Readonly<Record<ProviderName, string[]>>;
  close(this: void): void;
}

/** A page on one port, and its endpoints on another one. Both use the stand-ins of a third. */
export async function openPageOnAnotherPort(standIns: string): Promise<PageOnAnotherPort> {
  const outcomes = forEachProvider((): string[] => []);
  const texts = new Map<string, string>();
  const site = await listen(new Hono().get('/:page', ({ req, html }) => html(texts.get(req.param('page')) ?? '')));
  const endpoints = await listen(serveEndpoints(standIns, site.url, outcomes));
  return {
    page(tags, provider) {
      const name = String(texts.size);
      const files = { standIns: `${standIns}/stand-ins.js`, element: `${standIns}/pay-checkout.min.js` };
      texts.set(name, write(tags(files), provider, endpoints.url));
      return `${site.url}/${name}`;
    },
    outcomes,
    close: () => [site, endpoints].forEach(({ close }) => close()),
  };
}

function serveEndpoints(standIns: string, origin: string, outcomes: PageOnAnotherPort['outcomes']): Hono {
  const app = new Hono();
  for (const name of providerNames) {
    const { create, sample, currency } = providers[name];
    const order: Order = { reference: `A-1001-${name}`, amount: 1050, currency, buyer };
    const pay = createPayEndpoints({
      environment: 'sandbox',
      providers: { [name]: create(sample) },
      order: () => order,
      onOutcome: ({ outcome }) => void outcomes[name].push(outcome),
      origins: [origin],
      fetch: (url, init) => fetch(url.replace('https://', `${standIns}/stand-in/`), init),
    });
    app.all(`/${name}/token`, ({ req }) => pay.token(req.raw));
    app.all(`/${name}/outcome`, ({ req }) => pay.outcome(req.raw));
  }
  return app;
}

function write(tags: string, provider: ProviderName, endpoints: string): string {
  return `<!doctype html>
<html lang="es">
  <head>
    <meta charset="utf-8" />
    <title>A plain page</title>
    <script>(${String(follow)})()</script>
    ${tags}
  </head>
  <body>
    <pay-checkout provider="${provider}" environment="sandbox" order="A-1001" credentials="include"
      token-endpoint="${endpoints}/${provider}/token" outcome-endpoint="${endpoints}/${provider}/outcome"></pay-checkout>
  </body>
</html>`;
}

async function listen({ fetch }: Hono) {
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
