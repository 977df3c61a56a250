// Checks the package's stand-ins, with libraries that a real `<script>` loads.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadDemoProviders } from './providers.mjs';

const buyer = {
  ...{ firstName: 'Ana', lastName: 'Prueba', email: 'ana@example.com', phone: { countryCode: '51', number: '999999999' } },
  address: { line1: 'Av. Las Begonias 123', city: 'Lima', state: 'Lima', country: 'PE', postalCode: '15046' },
};

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} url where the built pages are served
 * @param {string} installed the folder of the package
 * @throws {Error} if the form of a provider does not open
 */
export async function checkStandIns(browser, url, installed) {
  const load = (file) => import(pathToFileURL(join(installed, 'dist', file)).href);
  const [server, { createStandIns }, { scripts }] = await Promise.all(['server.js', 'testing.js', 'testing-scripts.js'].map(load));
  const standIns = createStandIns({ scripts });
  const demoProviders = await loadDemoProviders();
  for (const [provider, { sample, currency }] of Object.entries(demoProviders)) {
    const pay = server.createPayEndpoints({
      environment: 'sandbox',
      providers: { [provider]: server[provider](sample) },
      order: () => ({ reference: 'A-1001', amount: 1050, currency, buyer }),
      fetch: standIns.fetch,
    });
    const page = await browser.newPage();
    await page.route('**/stand-in/**', async (route) => answer(route, standIns.handle));
    await page.route(`${url}token`, async (route) => answer(route, pay.token));
    await page.goto(`${url}stand-ins.html?provider=${provider}`);
    await page.waitForSelector('pay-checkout[status="ready"]', { timeout: 20_000 }).catch(async () => {
      throw new Error(
        `The stand-in of ${provider} does not open: ${await page.evaluate("JSON.stringify(document.querySelector('pay-checkout').diagnose())")}`,
      );
    });
    await page.close();
  }
  console.log(`The stand-ins of ${Object.keys(demoProviders).join(', ')} open from the package, each with the script that it serves.`);
}

async function answer(route, handle) {
  const request = route.request();
  const body = request.postData() ?? undefined;
  const response = await handle(new Request(request.url(), { method: request.method(), headers: request.headers(), body }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}
