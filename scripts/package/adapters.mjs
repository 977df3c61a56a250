// An adapter is downloaded by the pages that use it, and by no other.

/** By provider, a text that its adapter alone has in it, of the library's own names. */
const markers = { izipay: 'LoadForm', payme: 'payment-method-wrapper', payroc: 'submissionSuccess' };

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} url where the built pages are served
 * @throws {Error} that names what was downloaded in vain, or never
 */
export async function checkAdapters(browser, url) {
  for (const provider of Object.keys(markers)) {
    const code = (await scriptsOf(browser, `${url}one-adapter.html?provider=${provider}`)).join('\n');
    const loaded = Object.keys(markers).filter((name) => code.includes(markers[name]));
    if (loaded.join() !== provider) throw new Error(`A page with ${provider} downloads the adapters of: ${loaded.join(', ') || 'nobody'}.`);
  }
  console.log(`Only its own adapter is downloaded by a page with ${Object.keys(markers).join(', or ')}.`);
}

/** The scripts of the page's own server, once nothing is under way any more: the checkout may have failed before its adapter is here. */
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
