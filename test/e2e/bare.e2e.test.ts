import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { version } from '../../src/shared/version.js';
import { answerForPayme, openBareShop, paymeFiles } from './bare-shop.js';
import { withBuilt } from './built.js';
import { providerNames, shoppers } from './shoppers.js';
import { isConfirmed, leave, reaches, shows, visit, type ChromiumVisit } from './support.js';

const { pay, cards } = shoppers.payme;
const { script, style } = paymeFiles;

const here = withBuilt(openBareShop);

describe('the built classic script', () => {
  it("takes a payment in plain HTML without another script, with the provider's own files", async () => {
    const opened = await openWithFiles();
    const { page } = opened;
    await page.goto(`${here.shop.url}bare`);
    await reaches(page, 'ready');
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
    await shows(page, 'Pago realizado. ¡Gracias!');
    await leave(opened, [script, style]);
  });

  it("requests the token and the provider's files in parallel", async () => {
    const opened = await openWithFiles();
    const { page, context } = opened;
    const wanted = [`${here.shop.url}api/pay/token`, script, style];
    const held = new Set<string>();
    let release = () => {};
    const all = new Promise<void>((resolve) => (release = resolve));
    for (const url of wanted) {
      await context.route(url, async (route) => {
        held.add(url);
        if (held.size === wanted.length) release();
        await all;
        await route.fallback();
      });
    }
    await page.goto(`${here.shop.url}bare`, { waitUntil: 'commit' });
    await reaches(page, 'ready');
    // A second request would mean that the first one timed out while it waited for the others.
    for (const url of [script, style]) expect(opened.abroad.filter((one) => one === url)).toHaveLength(1);
    await leave(opened, [script, style]);
  });

  it('logs nothing when the same file loads twice', async () => {
    const opened = await openWithFiles();
    const { page } = opened;
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(`${here.shop.url}bare`);
    await page.addScriptTag({ url: '/dist/pay-checkout.min.js' });
    await reaches(page, 'ready');
    expect(said.filter((text) => text.includes('pay-checkout'))).toEqual([]);
    await leave(opened, [script, style]);
  });

  it('warns with both versions when another version has loaded first, and does not interrupt its payment', async () => {
    const opened = await openWithFiles();
    const { page } = opened;
    const second = readFileSync('dist/pay-checkout.min.js', 'utf8').replace(version, '9.9.9');
    await page.route('**/second.js', (route) => route.fulfill({ contentType: 'text/javascript', body: second }));
    await page.goto(`${here.shop.url}bare`);
    await reaches(page, 'ready');
    const said = page.waitForEvent('console', (message) => message.type() === 'warning');
    await page.addScriptTag({ url: '/second.js' });
    const warning = `pay-checkout 9.9.9 is not used: version ${version} has already defined <pay-checkout>. Load one version only.`;
    expect((await said).text()).toBe(warning);
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    await leave(opened, [script, style]);
  });

  it.each(providerNames)('takes a payment with the %s stand-in of the built `pay-checkout/testing` from the start button', async (name) => {
    const opened = await visit(here.browser, `${here.shop.url}bare-with-stand-ins?provider=${name}`);
    const { page } = opened;
    const { pay, cards } = shoppers[name];
    await page.getByRole('button', { name: 'Pagar', exact: true }).click();
    await reaches(page, 'ready');
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
    await leave(opened);
  });
});

/** Opens a page for which this machine answers the requests to the provider's hosts. */
async function openWithFiles(): Promise<ChromiumVisit> {
  const opened = await visit(here.browser, 'about:blank');
  await answerForPayme(opened.context, here.shop);
  return opened;
}
