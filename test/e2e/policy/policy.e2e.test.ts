import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { securityPolicy, type SecurityPolicy } from '../../../src/server.js';
import { gateways } from '../../../src/testing/payroc/gateway.js';
import type { Status } from '../../../src/state/state.js';
import { providerNames, shoppers } from '../shoppers.js';
import { diagnosis, isConfirmed, visit, type ChromiumVisit } from '../support.js';
import { withBuilt } from '../built.js';
import { openGuardedShop, type GuardedPage } from './guarded-shop.js';

type Directives = SecurityPolicy['directives'];
type Name = (typeof providerNames)[number];

/** What only a real payment asks for. */
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

/** By its attribute: waiting for a function needs `eval`, which these pages forbid. */
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
  // Playwright gives each frame of another host the focus as it comes, and so takes it from whoever types.
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

/** The tightest that each provider's library lets a page be. */
function strict(provider: Name): Directives {
  const { 'script-src': _, ...others } = directivesOf(provider);
  const scripts = { 'script-src': [`'nonce-${nonce}'`, "'strict-dynamic'"] };
  const nothingElse = { 'default-src': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'none'"] };
  return { ...nothingElse, ...others, ...scripts, ...trustedTypes };
}

describe.each(providerNames)('a page with %s', (provider) => {
  it('opens its form and pays under exactly what `securityPolicy()` says', async () => {
    const directives = directivesOf(provider);
    const page = await open({ provider, policy: write(directives) });
    await pays(page, provider);
    expect(await violations(page)).toEqual([]);
    expect(new Set(visited.abroad.map((url) => new URL(url).origin))).toEqual(hostsIn(directives));
  });

  it('pays where nothing else is allowed, no script but ours has a nonce, and Trusted Types are enforced', async () => {
    const page = await open({ provider, nonce, policy: write(strict(provider)) });
    await pays(page, provider);
    expect(await violations(page)).toEqual([]);
  });
});

/** Every host that a page could have forgotten. */
const forgotten = providerNames.flatMap((provider) => {
  const directives = Object.entries(directivesOf(provider)).filter(([directive]) => /^(script|style|connect|frame)-src$/.test(directive));
  return directives.flatMap(([directive, sources]) => sources.filter(isHost).map((host) => ({ provider, directive, host })));
});

describe('a page that lacks one host', () => {
  it.each(forgotten)('ends with an error that names $directive and $host', async ({ provider, directive, host }) => {
    const directives = directivesOf(provider);
    const policy = write({ ...directives, [directive]: (directives[directive] ?? []).filter((source) => source !== host) });
    const page = await open({ provider, policy });
    await reaches(page, 'failed');
    const { error } = await diagnosis(page);
    expect(error).toMatchObject({ code: /^s/.test(directive) ? 'asset' : 'provider', reason: 'blocked', retryable: false });
    expect(error?.message).toBe(`The page's Content-Security-Policy blocks ${host}: add it to \`${directive}\`.`);
  });

  it('pays all the same where its policy only reports', async () => {
    const page = await open({ provider: 'payme', reportOnly: true, policy: "connect-src 'self'; script-src 'self'" });
    await pays(page, 'payme');
    expect(await violations(page)).not.toEqual([]);
  });

  it("is told the host of Payroc's production gateway, which is published nowhere", async () => {
    const environment = 'production';
    const policy = write(securityPolicy({ provider: 'payroc', environment }).directives);
    const page = await open({ provider: 'payroc', environment, policy });
    await reaches(page, 'failed');
    const { error } = await diagnosis(page);
    expect(error).toMatchObject({ code: 'provider', reason: 'blocked' });
    expect(error?.message).toContain(`${new URL(gateways.production).origin}: add it to \`connect-src\``);
  });

  it('is told so of an endpoint of its own, too', async () => {
    const policy = write(directivesOf('payroc'));
    const page = await open({ provider: 'payroc', policy, tokenEndpoint: 'https://api.shop.example/token' });
    await reaches(page, 'failed');
    const { error } = await diagnosis(page);
    expect(error).toMatchObject({ code: 'endpoint', reason: 'unreachable', retryable: false });
    expect(error?.message).toContain('https://api.shop.example: add it to `connect-src`');
  });
});

describe('a page that allows no policy of the name `lit-html`', () => {
  it('has no checkout: lit makes one as soon as it is evaluated', async () => {
    const page = await open({ provider: 'payroc', nonce, policy: write({ ...strict('payroc'), 'trusted-types': ['pay-checkout'] }) });
    await page.waitForLoadState();
    expect(await page.evaluate(() => customElements.get('pay-checkout'))).toBeUndefined();
    expect(visited.errors.splice(0)).toEqual([expect.stringContaining('lit-html')]);
  });
});

describe('a page with other things on it', () => {
  it('pays although its policy stops them', async () => {
    const more = '<iframe src="https://ads.example/banner"></iframe><img src="https://ads.example/pixel.png">';
    const directives = { ...directivesOf('payroc'), 'img-src': ["'self'"] };
    const page = await open({ provider: 'payroc', policy: write(directives), more });
    await pays(page, 'payroc');
    expect((await violations(page)).sort()).toEqual(['frame-src https://ads.example ', 'img-src https://ads.example/pixel.png ']);
  });

  it.each(providerNames)('pays with %s under Trusted Types, with two copies of ours and a foreign lit', async (provider) => {
    const more = `<script type="module" src="/foreign-lit.js" nonce="${nonce}"></script>`;
    const page = await open({ provider, nonce, copies: 2, more, policy: write(strict(provider)) });
    await pays(page, provider);
    expect(await page.textContent('#foreign')).toBe('Drawnbylit');
    expect(await violations(page)).toEqual([]);
  });
});
