import { resolve } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { securityPolicy, type HeadTagsOptions } from '../../src/server.js';
import { withBuilt } from './built.js';
import { openGuardedShop, type GuardedPage } from './policy/guarded-shop.js';
import { providerNames, shoppers } from './shoppers.js';
import { isConfirmed, reaches, visit, type ChromiumVisit } from './support.js';

type Name = (typeof providerNames)[number];
type HeadTags = (options: HeadTagsOptions) => string;

const here = withBuilt(openGuardedShop);
let headTags: HeadTags;
let visited: ChromiumVisit;
/** The requests of the page in order, each as its method and path. */
let asked: string[];
/** The console messages of the page. */
let told: string[];

beforeAll(async () => {
  ({ headTags } = (await import(resolve('dist/server.js'))) as { headTags: HeadTags });
});
afterEach(async () => {
  await visited.context.close();
  expect(visited.errors).toEqual([]);
});

function headOf(provider: Name, options: Partial<HeadTagsOptions> = {}): string {
  const tokenEndpoint = '/api/pay/token';
  return headTags({ provider, environment: 'sandbox', order: 'A-1001', tokenEndpoint, script: '/pay-checkout.js', ...options });
}

interface Disturbance {
  /** Delays our script until the page has requested a token. */
  readonly isHeld?: boolean;
  /** The pattern of URLs that refuse connections. The element may add a query when it tries again. */
  readonly dead?: string;
}

async function open(page: GuardedPage, { isHeld, dead }: Disturbance = {}): Promise<void> {
  visited = await visit(here.browser, 'about:blank');
  asked = [];
  told = [];
  visited.page.on('console', (message) => told.push(message.text()));
  if (isHeld) {
    const token = visited.page.waitForRequest('**/api/pay/token');
    await visited.page.route('**/pay-checkout.js', (route) => token.then(() => route.continue()));
  }
  await here.shop.answer(visited.context);
  if (dead) await visited.page.route(dead, (route) => route.abort('connectionrefused'));
  visited.page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await visited.page.goto(here.shop.show({ ...page, tokenEndpoint: '/api/pay/token' }));
}

async function pays(name: Name): Promise<void> {
  const { pay, cards } = shoppers[name];
  await reaches(visited.page, 'ready');
  await Promise.all(visited.page.frames().map((frame) => frame.waitForLoadState()));
  await pay(visited.page, cards.approved);
  await reaches(visited.page, 'succeeded');
  expect(await isConfirmed(visited.page)).toBe(true);
}

const tokensAsked = () => asked.filter((one) => one === 'POST /api/pay/token').length;

describe.each(providerNames)('a page with %s and the tags of the built `headTags()`', (provider) => {
  it('requests the token before our script loads, pays with it, and downloads no file twice', async () => {
    await open({ provider, policy: "object-src 'none'", head: headOf(provider) }, { isHeld: true });
    await reaches(visited.page, 'ready');
    const files = asked.filter((one) => /\.(m?js|css)$/.test(one));
    expect(files.length).toBeGreaterThanOrEqual(2);
    expect(files).toEqual([...new Set(files)]);
    await pays(provider);
    expect(tokensAsked()).toBe(1);
    expect(told.filter((text) => /preload|pay-checkout/.test(text))).toEqual([]);
  });

  it('takes a payment when the policy allows only scripts with a nonce', async () => {
    const nonce = 'n0nce';
    const policy = `script-src 'nonce-${nonce}' 'strict-dynamic'`;
    await open({ provider, policy, head: headOf(provider, { nonce }) });
    await pays(provider);
    expect(tokensAsked()).toBe(1);
  });

  it('takes a payment under the policy of `securityPolicy()` with `head: true`', async () => {
    const { directives } = securityPolicy({ provider, environment: 'sandbox', head: true });
    const policy = Object.entries(directives).map((directive) => directive.flat().join(' '));
    await open({ provider, policy: policy.join('; '), head: headOf(provider) });
    await pays(provider);
    expect(tokensAsked()).toBe(1);
  });
});

it('requests another token and takes a payment when the head requested one for another order', async () => {
  await open({ provider: 'payme', policy: "object-src 'none'", head: headOf('payme', { order: 'A-1002' }) });
  await pays('payme');
  expect(tokensAsked()).toBe(2);
});

it('takes a payment when the policy blocks the inline script of the head', async () => {
  await open({ provider: 'payme', policy: "script-src 'self' https:", head: headOf('payme') });
  await pays('payme');
  expect(tokensAsked()).toBe(1);
});

describe('a page with a fallback and the tags of the built `headTags()`', () => {
  const names = { provider: 'payme', fallback: 'payroc' } as const;
  const environment = 'sandbox';

  /** The policy of both providers, with the inline script of the head. */
  function policyOf(): string {
    const { directives } = securityPolicy({ ...names, environment, head: true });
    return Object.entries(directives)
      .map((directive) => directive.flat().join(' '))
      .join('; ');
  }

  it('uses the token that the head requested', async () => {
    await open({ ...names, policy: policyOf(), head: headOf('payme', names) }, { isHeld: true });
    await pays('payme');
    expect(tokensAsked()).toBe(1);
    expect(told.filter((text) => /preload|pay-checkout/.test(text))).toEqual([]);
  });

  it('requests another token if the head has no fallback', async () => {
    await open({ ...names, policy: policyOf(), head: headOf('payme') });
    await pays('payme');
    expect(tokensAsked()).toBe(2);
  });

  it('takes a payment with the second provider under the policy of both, when the script of the first is unreachable', async () => {
    const [payme] = securityPolicy({ provider: 'payme', environment }).scripts.filter(({ source }) => source.startsWith('https:'));
    await open({ ...names, policy: policyOf(), head: headOf('payme', names) }, { dead: `${new URL(payme!.source).origin}/**` });
    await pays('payroc');
    expect(await visited.page.evaluate(() => document.querySelector('pay-checkout')!.state.provider)).toBe('payroc');
    expect(tokensAsked()).toBe(2);
  });
});
