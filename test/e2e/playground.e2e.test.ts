import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { faults } from '../../demo/faults/index.js';
import { providers } from '../../demo/providers/index.js';
import { builtInAssets } from '../../src/providers/built-in.js';
import type { ProviderName } from '../../src/testing/providers.js';
import { ensureBuilt } from './bare-shop.js';
import { inDemo } from './in-demo.js';
import { providerNames, shoppers } from './shoppers.js';
import { diagnosis, failure, fits, follow, isConfirmed, reaches, shows, told } from './support.js';

const { cards, pay } = shoppers.payme;

const demo = inDemo();

const open = (query = '', options = {}) => demo.open(`${demo.url}?${query}`, options);

/** Lists the environments of the sample account. Keys of one environment have no other. */
const environmentsOf = (name: ProviderName) => providers[name].create(providers[name].sample).environments;

describe('the playground', () => {
  it('takes a payment and lists every event with its time', async () => {
    const { page } = await open();
    await reaches(page, 'ready');
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
    const names = await page.locator('#events strong').allTextContents();
    const states = names.filter((name) => name !== 'pay-timing');
    expect(states).toEqual(['pay-loading', 'pay-initializing', 'pay-ready', 'pay-confirming', 'pay-succeeded']);
    expect(await page.locator('#events li').first().textContent()).toMatch(/^\+0 ms/);
    expect(await page.textContent('#diagnosis')).toContain('"status": "succeeded"');
  });

  it('keeps the selected options in the URL, so that a link restores them', async () => {
    const { page } = await open('locale=es-PE');
    await page.selectOption('[name=loading]', 'manual');
    await page.fill('[name=order]', 'A-1002');
    await page.keyboard.press('Tab');
    const { page: colleague } = await open(await page.evaluate(() => location.search.slice(1)));
    await reaches(colleague, 'idle');
    expect(await colleague.getAttribute('pay-checkout', 'order')).toBe('A-1002');
    expect(await colleague.textContent('#snippet')).toContain('loading="manual"');
    await colleague.getByRole('button', { name: 'Pagar', exact: true }).click();
    await reaches(colleague, 'ready');
    expect(await colleague.textContent('pay-checkout [data-action="pay"]')).toContain('249.90');
  });

  it.each(['html', 'head'])('shows the hash of the built file in the %s snippet', async (tab) => {
    ensureBuilt();
    const { page } = await open(`tab=${tab}`);
    const integrity = readFileSync('dist/pay-checkout.min.js.sri', 'utf8').trim();
    await page.locator('#snippet', { hasText: `integrity="${integrity}" crossorigin="anonymous" defer` }).waitFor();
  });

  it('starts a new attempt when the config changes, and applies that config', async () => {
    const { page } = await open();
    await reaches(page, 'ready');
    await page.fill('[name=config]', '{"display_settings": {"methods": ["CARD"]}}');
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => document.querySelector('pay-checkout')?.state.attempt === 2);
    await reaches(page, 'ready');
    expect(await page.locator('pay-checkout [data-method]').count()).toBe(0);
  });

  it.each(providerNames.filter((name) => environmentsOf(name).includes('production')))(
    'takes a payment in the production environment of the %s stand-in',
    async (name) => {
      const { page } = await open(`provider=${name}&environment=production`);
      await reaches(page, 'ready');
      await shoppers[name].pay(page, shoppers[name].cards.approved);
      await reaches(page, 'succeeded');
      expect(await isConfirmed(page)).toBe(true);
    },
  );

  it('refuses an order of another visitor', async () => {
    const { page } = await open('order=not-mine');
    await reaches(page, 'failed');
    expect(await failure(page)).toBe('token / refused');
  });

  it.each(providerNames)('offers the environments, cards and faults of %s, and takes a payment', async (name) => {
    const { page } = await open(`provider=${name}`);
    await reaches(page, 'ready');
    expect(await valuesOf(page, 'environment')).toEqual(environmentsOf(name));
    expect(await valuesOf(page, 'fault')).toEqual(['', ...Object.keys(faults[name])]);
    expect(await page.locator('[data-test-cards] code').allTextContents()).toEqual(Object.values(shoppers[name].cards));
    await shoppers[name].pay(page, shoppers[name].cards.approved);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
  });

  it('switches to another provider and resets the options of the previous one', async () => {
    const { page } = await open('fault=stale-token&environment=production&locale=en-US');
    await reaches(page, 'failed');
    await page.selectOption('[name=provider]', 'payroc');
    await page.waitForURL(/\?provider=payroc&locale=en-US$/);
    await reaches(page, 'ready');
    expect(await page.getAttribute('pay-checkout', 'environment')).toBe('sandbox');
  });

  it('fits a narrow screen', async () => {
    const { page } = await open('', { viewport: { width: 360, height: 640 } });
    await reaches(page, 'ready');
    await fits(page, 360);
  });
});

describe('the playground with a fallback', () => {
  const openWith = (query: string) => open(`provider=payme&fallback=izipay&${query}`);
  const eventsOf = (page: Page) => page.locator('#events li:not(.timing) span span').allTextContents();

  it.each(['script-404', 'credentials', 'endpoint-500', 'stale-token', 'library-throws'])(
    'opens the second provider after the fault %s of the first, and takes a payment there',
    async (fault) => {
      const { page } = await openWith(`fault=${fault}`);
      expect(await page.textContent('#fault-ends')).toBe('izipay opens instead of payme');
      await reaches(page, 'ready');
      expect(await eventsOf(page)).toEqual(expect.arrayContaining(['attempt 1 · payme', 'attempt 2 · izipay']));
      expect(await page.locator('#events .failed').count()).toBe(0);
      expect(await page.locator('[data-test-cards] code').allTextContents()).toEqual(Object.values(shoppers.izipay.cards));
      await shoppers.izipay.pay(page, shoppers.izipay.cards.approved);
      await reaches(page, 'succeeded');
      expect(await isConfirmed(page)).toBe(true);
    },
  );

  it('opens no second provider for an order that the endpoint refuses', async () => {
    const { page } = await openWith('fault=endpoint-404');
    await reaches(page, 'failed');
    expect(await failure(page)).toBe('token / refused');
    expect(await page.textContent('#fault-ends')).toBe('failed · token / refused');
  });

  it('opens the first provider without a fault', async () => {
    const { page, requests } = await openWith('');
    await reaches(page, 'ready');
    expect(await eventsOf(page)).toContain('attempt 1 · payme');
    expect(requests.filter((path) => path === '/api/pay/token')).toHaveLength(1);
  });

  it('offers the other providers of the environment, and writes the choice into the URL and the snippet', async () => {
    const { page } = await open('environment=production');
    const offered = providerNames.filter((name) => name !== 'payme' && environmentsOf(name).includes('production'));
    expect(await valuesOf(page, 'fallback')).toEqual(['', ...offered]);
    await page.selectOption('[name=fallback]', 'payroc');
    await page.waitForURL(/\?fallback=payroc&environment=production$/);
    expect(await page.textContent('#snippet')).toContain('fallback="payroc"');
  });
});

const valuesOf = (page: Page, name: string): Promise<string[]> =>
  page.locator(`[name=${name}] option`).evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));

/** Simulates a merchant or a provider who fixes the fault. */
async function mend(page: Page): Promise<void> {
  await fetch(demo.url);
  const globals = providerNames.map((name) => builtInAssets[name].sandbox.global.split('.')[0]!);
  await page.evaluate((names) => {
    for (const global of names) {
      const { faults = {} } = Object(Reflect.get(globalThis, global)) as { faults?: object };
      for (const name of Object.keys(faults)) Reflect.deleteProperty(faults, name);
    }
  }, globals);
  await page.getByRole('button', { name: 'retry()' }).click();
}

describe('the playground with a fault', () => {
  it('fails after three expired tokens from the endpoint', async () => {
    const { page, requests } = await open('fault=stale-token');
    await reaches(page, 'failed');
    expect(await failure(page)).toBe('token / stale');
    expect(requests.filter((path) => path === '/api/pay/token')).toHaveLength(3);
  });

  it('starts one more attempt without the shopper when a token expires before the form opens', async () => {
    const { page } = await demo.open('about:blank');
    await page.clock.install();
    const refused = page.waitForResponse((answer) => answer.status() === 401 && answer.url().endsWith('/token'));
    await page.goto(`${demo.url}?fault=dead-nonce-once`);
    await refused;
    // The library reports no error to the page. The only symptom is that the form never opens.
    await page.clock.fastForward(16_000);
    await reaches(page, 'ready');
    expect((await diagnosis(page)).attempts).toBe(2);
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
  });

  /** Each provider's demo has these faults. */
  const common = {
    'endpoint-404': 'token / refused',
    credentials: 'endpoint / http',
    'library-throws': 'provider / threw',
    'script-404': 'asset / unreachable',
  };
  const failures = providerNames.flatMap((name) =>
    Object.entries({ ...common, ...shoppers[name].failures }).map(([fault, error]) => [name, fault, error] as const),
  );

  it.each<readonly [ProviderName, fault: string, error: string]>([
    ['payme', 'endpoint-html', 'token / shape'],
    ['payme', 'endpoint-500', 'endpoint / http'],
    ...failures,
  ])('%s: fails after the fault %s with %s, and opens on retry once the fault is fixed', async (provider, fault, expected) => {
    const { page } = await open(`provider=${provider}&fault=${fault}`);
    await reaches(page, 'failed');
    expect(await failure(page)).toBe(expected);
    await page.waitForSelector('pay-checkout [part="message"].failed');
    await mend(page);
    await reaches(page, 'ready');
  });

  it.each(providerNames)('leaves a payment with %s pending, not failed, when its outcome is unknown', async (name) => {
    const { page } = await open(`provider=${name}&fault=unconfirmed`);
    await reaches(page, 'ready');
    await page.evaluate(follow);
    await shoppers[name].pay(page, shoppers[name].cards.approved);
    await reaches(page, 'pending');
    expect(await told(page)).toEqual(['confirming', 'pending']);
  });

  it('shows an offline message in Spanish, and takes a payment once the connection is back', async () => {
    const { page, context } = await open('loading=manual&locale=es-PE');
    await page.waitForFunction(() => customElements.get('pay-checkout'));
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Pagar', exact: true }).click();
    await reaches(page, 'failed');
    expect(await failure(page)).toBe('endpoint / offline');
    await shows(page, 'No hay conexión a internet. Revísala e inténtalo de nuevo.');
    // The next attempt would reuse a load that has not failed yet.
    await page.waitForFunction(() => document.querySelector('pay-checkout')!.diagnose().assets.length === 0);
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Intentar de nuevo' }).click();
    await reaches(page, 'ready');
    await pay(page, cards.approved);
    await reaches(page, 'succeeded');
  });
});
