import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { buildLibrary } from '../../demo/library.js';
import { providers } from '../../demo/providers/index.js';
import { createPayEndpoints, micuentaweb, type MicuentawebOptions } from '../../src/server.js';
import { createStandIns } from '../../src/testing/stand-ins.js';
import { order } from '../support/shop.js';
import { withBuilt } from './built.js';
import { shoppers } from './shoppers.js';
import { isConfirmed, leave, reaches, visit } from './support.js';

const html = `<!doctype html>
<html lang="es">
  <head>
    <meta charset="utf-8" />
    <title>A shop with a brand of micuentaweb</title>
    <script type="module">
      import { useStandIns } from '/dist/testing.min.js';
      useStandIns({ assets: '/stand-in/' });
      document.head.append(Object.assign(document.createElement('script'), { src: '/dist/pay-checkout.min.js' }));
    </script>
  </head>
  <body>
    <pay-checkout
      provider="payzen"
      environment="sandbox"
      order="A-1001"
      token-endpoint="/api/pay/token"
      outcome-endpoint="/api/pay/outcome"
    ></pay-checkout>
  </body>
</html>`;

/** Serves a shop that has PayZen and no other provider. */
async function openShop() {
  const standIns = createStandIns({ scripts: { micuentaweb: () => buildLibrary('micuentaweb') } });
  const payzen = micuentaweb({ ...(providers.micuentaweb.sample as unknown as MicuentawebOptions), brand: 'payzen' });
  const pay = createPayEndpoints({ environment: 'sandbox', providers: { payzen }, order: () => order, fetch: standIns.fetch });
  const app = new Hono();
  app.get('/', (context) => context.html(html));
  app.use('/dist/*', serveStatic({ root: '.' }));
  app.all('/stand-in/*', ({ req }) => standIns.handle(req.raw));
  app.all('/api/pay/token', ({ req }) => pay.token(req.raw));
  app.all('/api/pay/outcome', ({ req }) => pay.outcome(req.raw));
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
}

const here = withBuilt(openShop);

it('takes a payment with the brand that `provider` names, on the hosts of that brand', async () => {
  const visited = await visit(here.browser, here.shop.url);
  const { page, requests } = visited;
  const { pay, cards } = shoppers.micuentaweb;
  await reaches(page, 'ready');
  await pay(page, cards.approved);
  await reaches(page, 'succeeded');
  expect(await isConfirmed(page)).toBe(true);
  expect(requests.filter((path) => path.startsWith('/stand-in/')).map((path) => path.split('/')[2])).toEqual([
    'static.payzen.eu',
    'api.payzen.eu',
  ]);
  await leave(visited);
});
