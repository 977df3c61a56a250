// Checks that only the pages that use a provider download its adapter.
import { buildFacts } from './providers.mjs';

const names = Object.keys(buildFacts);

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} url where the built pages are served
 * @throws {Error} if a page downloads another adapter than its own
 */
export async function checkAdapters(browser, url) {
  for (const provider of names) {
    const code = (await scriptsOf(browser, `${url}one-adapter.html?provider=${provider}`)).join('\n');
    const loaded = names.filter((name) => code.includes(buildFacts[name].adapterMarker));
    if (loaded.join() !== provider)
      throw new Error(`A page with ${provider} should download only its adapter, but downloads: ${loaded.join(', ') || 'none'}.`);
  }
  console.log(`A page with one of ${names.join(', ')} downloads only its own adapter.`);
}

/**
 * Returns the scripts from the page's own server when no request is pending. The checkout may fail before its adapter has loaded.
 */
async function scriptsOf(browser, address) {
  const page = await browser.newPage();
  const scripts = [];
  const { origin } = new URL(address);
  await page.route('**/*', (route) => (route.request().url().startsWith(origin) ? route.continue() : route.abort()));
  await page.route('**/token', (route) => route.fulfill({ status: 404 }));
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script' && response.url().startsWith(origin)) scripts.push(response.text());
  });
  await page.goto(address);
  await page.waitForSelector('pay-checkout[status="failed"]', { timeout: 10_000 });
  await page.waitForLoadState('networkidle');
  const texts = await Promise.all(scripts);
  await page.close();
  return texts;
}
