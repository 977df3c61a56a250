import { afterAll, beforeAll, describe, expect } from 'vitest';
import { runShop } from '../samples/run-shop.js';
import { samples, type Sample } from '../samples/samples.js';
import { startServe } from '../samples/start-serve.js';
import { atEnd, serveHttp } from '../serve/support.js';
import { itIf } from '../support/interpreter.js';
import { ensureBuilt } from './bare-shop.js';
import { startBuiltStandIns, type BuiltStandIns } from './built-stand-ins.js';
import { providerNames, shoppers } from './shoppers.js';
import { launchChromium, leave, reaches, shows, visit } from './support.js';

let browser: Awaited<ReturnType<typeof launchChromium>>;
let standIns: BuiltStandIns;

beforeAll(async () => {
  ensureBuilt();
  [browser, standIns] = await Promise.all([launchChromium(), startBuiltStandIns()]);
});

afterAll(async () => {
  await browser?.close();
  expect(await standIns?.close()).toBe(0);
});

/** Starts the three processes of the documentation, and returns the shop's address. */
async function start(sample: Sample): Promise<string> {
  let serve = '';
  // The shop and `serve` need each other's address, so the shop receives the address of a server that forwards to `serve`.
  const endpoints = await serveHttp(async (request) => {
    const { pathname } = new URL(request.url);
    const { method, headers } = request;
    return fetch(serve + pathname, { method, headers, ...(method === 'POST' && { body: await request.text() }) });
  });
  const shop = await runShop(sample, { PAY_STAND_INS: standIns.url, SHOP_ENDPOINTS: `${endpoints}/api/pay` });
  atEnd(() => shop.stop());
  const process = await startServe(sample, shop, standIns.url);
  atEnd(() => process.close());
  serve = process.url;
  return shop.url;
}

describe.each(samples)('the pages of samples/$name', (sample) => {
  const itRuns = itIf(sample.isInstalled, sample.needs);

  for (const provider of providerNames) {
    itRuns(`lead to a paid and confirmed order with ${provider}`, async () => {
      const opened = await visit(browser, `${await start(sample)}/?provider=${provider}`);
      const { page } = opened;
      await page.locator('button').click();
      await page.waitForURL('**/orders/*');
      await reaches(page, 'ready');
      await shoppers[provider].pay(page, shoppers[provider].cards.approved);
      await reaches(page, 'succeeded');
      await page.reload();
      await shows(page, 'Pagado y confirmado');
      await leave(opened);
    });
  }
});
