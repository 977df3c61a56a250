import { readFileSync } from 'node:fs';
import type { Route } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerForPayme, openBareShop, paymeFiles } from './bare-shop.js';
import { withBuilt } from './built.js';
import { diagnosis, failure, reaches, visit, type ChromiumVisit } from './support.js';

const core = '/dist/pay-checkout.min.js';
const adapter = '/dist/pay-checkout-payme.min.js';
const { script, style } = paymeFiles;

const here = withBuilt(openBareShop);
let visited: ChromiumVisit;

beforeEach(async () => {
  visited = await visit(here.browser, 'about:blank');
  await answerForPayme(visited.context, here.shop);
});

afterEach(async () => {
  await visited.close();
  expect(visited.errors).toEqual([]);
});

interface Change {
  readonly html?: (page: string) => string;
  readonly policy?: string;
}

/** The bare page, changed on its way. */
async function open({ html = (page) => page, policy }: Change = {}): Promise<void> {
  await visited.context.route(`${here.shop.url}bare`, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), ...(policy && { 'content-security-policy': policy }) };
    await route.fulfill({ response, headers, body: html(await response.text()) });
  });
  await visited.page.goto(`${here.shop.url}bare`, { waitUntil: 'commit' });
}

const onAdapter = (answer: (route: Route) => Promise<unknown>) => visited.context.route(`**${adapter}*`, answer);
const asked = (path: string) => visited.requests.filter((one) => one === path);
const message = async () => (await diagnosis(visited.page)).error?.message;

describe('a page with Pay-me and the script tag', () => {
  it('downloads two files of ours, the core and the adapter of Pay-me, each once', async () => {
    await open();
    await reaches(visited.page, 'ready');
    expect(visited.requests.filter((url) => url.startsWith('/dist/'))).toEqual([core, adapter]);
  });

  it("asks for the token, the adapter and the provider's files side by side: none waits for another", async () => {
    const wanted = [`${here.shop.url}api/pay/token`, `${here.shop.url}${adapter.slice(1)}`, script, style];
    const held = new Set<string>();
    let release = () => {};
    const all = new Promise<void>((resolve) => (release = resolve));
    for (const url of wanted) {
      await visited.context.route(url, async (route) => {
        held.add(url);
        if (held.size === wanted.length) release();
        await all;
        await route.fallback();
      });
    }
    await open();
    await reaches(visited.page, 'ready');
    // A second one would mean that the first was given up, as it waited for the others in vain.
    expect(asked(adapter)).toHaveLength(1);
  });

  it('hands its query on, by which a shop tells one version from another', async () => {
    const addresses: string[] = [];
    await onAdapter((route) => (addresses.push(route.request().url()), route.fallback()));
    await open({ html: (page) => page.replace(core, `${core}?v=7`) });
    await reaches(visited.page, 'ready');
    expect(addresses).toEqual([`${here.shop.url}${adapter.slice(1)}?v=7`]);
  });

  it('finds its folder as a module, too', async () => {
    await open({ html: (page) => page.replace(' defer', ' type="module"') });
    await reaches(visited.page, 'ready');
  });

  it('says what to do where it was written into the page, which has no folder', async () => {
    const code = readFileSync(`.${core}`, 'utf8');
    await open({ html: (page) => page.replace(/<script.*?<\/script>/, () => `<script type="module">${code}</script>`) });
    await reaches(visited.page, 'failed');
    expect(await failure(visited.page)).toBe('asset');
    expect(await message()).toContain('pay-checkout-payme.min.js cannot be found: load pay-checkout.min.js by a `<script src>`');
  });
});

describe('an adapter of the script tag', () => {
  it('that hangs is asked for again after 15 s', async () => {
    here.shop.hangOnce(new RegExp(`^${adapter}$`));
    await visited.page.clock.install();
    await open();
    await expect.poll(() => asked(adapter)).toHaveLength(1);
    await reaches(visited.page, 'loading');
    await visited.page.clock.fastForward(15_000);
    await expect.poll(async () => (await visited.page.clock.fastForward(1_000), asked(adapter).length)).toBe(2);
    await reaches(visited.page, 'ready');
  });

  it('that is not there is asked for three times, and the error says where it belongs', async () => {
    await onAdapter((route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'Not here.' }));
    await open();
    await reaches(visited.page, 'failed');
    expect(await failure(visited.page)).toBe('asset / http');
    expect(await message()).toMatch(/pay-checkout-payme\.min\.js\S* answered 404\. It belongs beside pay-checkout\.min\.js/);
    expect(asked(adapter)).toHaveLength(3);
    expect(await visited.page.locator('script[src*="payme.min.js"]').count()).toBe(0);
  });

  it('of another version is not run, nor asked for again, and the error names the file', async () => {
    await onAdapter(async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()};throw new Error("It ran.")` });
    });
    await open();
    await reaches(visited.page, 'failed');
    expect(await failure(visited.page)).toBe('asset / integrity');
    expect(await message()).toMatch(/pay-checkout-payme\.min\.js is not the file that .* both must be of one version\.$/);
    expect(asked(adapter)).toHaveLength(1);
  });

  it("that the page's policy forbids is told at once, with the directive", async () => {
    await open({ policy: `script-src ${here.shop.url}${core.slice(1)} https://flex.dev.pay-me.cloud` });
    await reaches(visited.page, 'failed');
    expect(await failure(visited.page)).toBe('asset / blocked');
    expect(await message()).toContain(`blocks ${here.shop.url.slice(0, -1)}: add it to \`script-src\``);
  });

  it('comes again when the shopper tries again', async () => {
    let times = 0;
    await onAdapter((route) => (++times > 3 ? route.fallback() : route.fulfill({ status: 500 })));
    await open();
    await reaches(visited.page, 'failed');
    await visited.page.getByRole('button', { name: 'Intentar de nuevo' }).click();
    await reaches(visited.page, 'ready');
  });
});
