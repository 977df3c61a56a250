import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { builtInAssets } from '../../../src/providers/built-in.js';
import type { Assets } from '../../../src/providers/provider.js';
import { securityPolicy, type SecurityPolicy } from '../../../src/server.js';
import { gateways } from '../../../src/testing/payroc/gateway.js';
import type { Status } from '../../../src/state/state.js';
import { providerNames, shoppers } from '../shoppers.js';
import { diagnosis, isConfirmed, visit, type ChromiumVisit } from '../support.js';
import { withBuilt } from '../built.js';
import { openGuardedShop, type GuardedPage } from './guarded-shop.js';

type Directives = SecurityPolicy['directives'];
type Name = (typeof providerNames)[number];

/** Hosts that only a real payment requests. */
const unasked = /online-metrix\.net|amazonaws\.com/;
const nonce = 'n0nce';
const trustedTypes = { 'require-trusted-types-for': ["'script'"] };

const here = withBuilt(openGuardedShop);
let visited: ChromiumVisit;

afterEach(async () => {
  await visited.context.close();
  expect(visited.errors).toEqual([]);
});

async function open(page: GuardedPage): Promise<Page> {
  visited = await visit(here.browser, 'about:blank');
  await here.shop.answer(visited.context);
  await visited.page.addInitScript(() => {
    const violations: string[] = Object.assign(window, { violations: [] }).violations;
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      violations.push([effectiveDirective, blockedURI, sample].join(' ')),
    );
  });
  await visited.page.goto(here.shop.show(page));
  return visited.page;
}

const violations = (page: Page) => page.evaluate(() => (window as unknown as { violations: string[] }).violations);

/** Waits for the attribute, because waiting for a function needs `eval`, which these pages forbid. */
async function reaches(page: Page, status: Status): Promise<void> {
  await page
    .locator(`pay-checkout[status="${status}"]`)
    .waitFor({ state: 'attached' })
    .catch(async () => {
      throw new Error(`The checkout never was ${status}: ${JSON.stringify([await diagnosis(page), await violations(page)])}`);
    });
}

async function pays(page: Page, name: Name): Promise<void> {
  const { pay, cards } = shoppers[name];
  await reaches(page, 'ready');
  // Playwright focuses each cross-origin frame as it loads, which would interrupt the typing.
  await Promise.all(page.frames().map((frame) => frame.waitForLoadState()));
  await pay(page, cards.approved);
  await reaches(page, 'succeeded');
  expect(await isConfirmed(page)).toBe(true);
}

const directivesOf = (provider: Name) => securityPolicy({ provider, environment: 'sandbox' }).directives;

function write(directives: Directives): string {
  return Object.entries(directives)
    .map((directive) => directive.flat().join(' '))
    .join('; ');
}

const hostsIn = (directives: Directives) => new Set(Object.values(directives).flatMap((sources) => sources.filter(isHost)));

function isHost(source: string): boolean {
  return source.startsWith('https:') && !unasked.test(source);
}

/** The strictest policy under which each provider's library works. */
function strict(provider: Name): Directives {
  const { 'script-src': _, ...others } = directivesOf(provider);
  const scripts = { 'script-src': [`'nonce-${nonce}'`, "'strict-dynamic'"] };
  const nothingElse = { 'default-src': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'none'"] };
  return { ...nothingElse, ...others, ...scripts, ...trustedTypes };
}

describe.each(providerNames)('a page with %s', (provider) => {
  it('takes a payment under the policy of `securityPolicy()`, and requests every host in it', async () => {
    const directives = directivesOf(provider);
    const page = await open({ provider, policy: write(directives) });
    await pays(page, provider);
    expect(await violations(page)).toEqual([]);
    expect(new Set(visited.abroad.map((url) => new URL(url).origin))).toEqual(hostsIn(directives));
  });

  it('takes a payment under a strict policy with a nonce, `strict-dynamic` and Trusted Types', async () => {
    const page = await open({ provider, nonce, policy: write(strict(provider)) });
    await pays(page, provider);
    expect(await violations(page)).toEqual([]);
  });
});

/** Every host that a page's policy may lack. */
const forgotten = providerNames.flatMap((provider) => {
  const directives = Object.entries(directivesOf(provider)).filter(([directive]) => /^(script|style|connect|frame)-src$/.test(directive));
  return directives.flatMap(([directive, sources]) => sources.filter(isHost).map((host) => ({ provider, directive, host })));
});

/** Whether the element itself loads what the directive allows. The rest is the library's. */
function loadsAsset(provider: Name, directive: string): boolean {
  const { styles = [] }: Assets = builtInAssets[provider].sandbox;
  return directive === 'script-src' || (directive === 'style-src' && styles.length > 0);
}

describe('a page that lacks one host', () => {
  it.each(forgotten)('fails with an error that names $directive and $host', async ({ provider, directive, host }) => {
    const directives = directivesOf(provider);
    const policy = write({ ...directives, [directive]: (directives[directive] ?? []).filter((source) => source !== host) });
    const page = await open({ provider, policy });
    await reaches(page, 'failed');
    const { error } = await diagnosis(page);
    expect(error).toMatchObject({ code: loadsAsset(provider, directive) ? 'asset' : 'provider', reason: 'blocked', retryable: false });
    expect(error?.message).toBe(`The page's Content-Security-Policy blocks ${host}: add it to \`${directive}\`.`);
  });

  it('takes a payment when the policy is report-only', async () => {
    const page = await open({ provider: 'payme', reportOnly: true, policy: "connect-src 'self'; script-src 'self'" });
    await pays(page, 'payme');
    expect(await violations(page)).not.toEqual([]);
  });

  it("names the host of Payroc's production gateway, which Payroc does not document", async () => {
    const environment = 'production';
    const policy = write(securityPolicy({ provider: 'payroc', environment }).directives);
    const page = await open({ provider: 'payroc', environment, policy });
    await reaches(page, 'failed');
    const { error } = await diagnosis(page);
    expect(error).toMatchObject({ code: 'provider', reason: 'blocked' });
    expect(error?.message).toContain(`${new URL(gateways.production).origin}: add it to \`connect-src\``);
  });

  it('names the host of its own token endpoint', async () => {
    const policy = write(directivesOf('payroc'));
    const page = await open({ provider: 'payroc', policy, tokenEndpoint: 'https://api.shop.example/token' });
    await reaches(page, 'failed');
    const { error } = await diagnosis(page);
    expect(error).toMatchObject({ code: 'endpoint', reason: 'unreachable', retryable: false });
    expect(error?.message).toContain('https://api.shop.example: add it to `connect-src`');
  });
});

describe('a page that forbids the Trusted Types policy `lit-html`', () => {
  it('does not define the element, because lit creates that policy when it is evaluated', async () => {
    const page = await open({ provider: 'payroc', nonce, policy: write({ ...strict('payroc'), 'trusted-types': ['pay-checkout'] }) });
    await page.waitForLoadState();
    expect(await page.evaluate(() => customElements.get('pay-checkout'))).toBeUndefined();
    expect(visited.errors.splice(0)).toEqual([expect.stringContaining('lit-html')]);
  });
});

describe('a page with other content', () => {
  it('takes a payment although the policy blocks the other content', async () => {
    const more = '<iframe src="https://ads.example/banner"></iframe><img src="https://ads.example/pixel.png">';
    const directives = { ...directivesOf('payroc'), 'img-src': ["'self'"] };
    const page = await open({ provider: 'payroc', policy: write(directives), more });
    await pays(page, 'payroc');
    expect((await violations(page)).sort()).toEqual(['frame-src https://ads.example ', 'img-src https://ads.example/pixel.png ']);
  });

  it.each(providerNames)('takes a payment with %s under Trusted Types, with two copies of the script and another lit', async (provider) => {
    const more = `<script type="module" src="/foreign-lit.js" nonce="${nonce}"></script>`;
    const page = await open({ provider, nonce, copies: 2, more, policy: write(strict(provider)) });
    await pays(page, provider);
    expect(await page.textContent('#foreign')).toBe('Drawnbylit');
    expect(await violations(page)).toEqual([]);
  });
});
