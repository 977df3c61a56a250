import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { providerNames } from '../../demo/providers/index.js';
import type {} from '../../src/index.js';
import { ensureBuilt } from './bare-shop.js';
import { inEachEngine } from './engines/index.js';
import type { Tab, Visit } from './engines/tab.js';
import { poll } from './engines/until.js';
import { outages, type Drill, type Outage } from './outage/drill.js';
import { passBound, passTime, type Bound } from './outage/drill-clock.js';
import { openOutageShop, type OutageShop } from './outage/outage-shop.js';
import { shoppers } from './shoppers.js';
import { failure, isConfirmed, leave, reaches, told } from './support.js';

type Pair = Pick<Drill, 'provider' | 'fallback'>;

/** Each provider comes first, and each comes second, in some outage. */
function pairOf(outage: Outage): Pair {
  const n = outages.indexOf(outage);
  const at = (index: number) => providerNames[index % providerNames.length]!;
  return { provider: at(n), fallback: at(n + 1 + Math.floor(n / providerNames.length)) };
}

/** The error of a checkout whose only provider has the outage. */
const errors: Readonly<Record<Outage, string>> = {
  'host-refuses': 'asset / unreachable',
  'script-hangs': 'asset / timeout',
  'api-5xx': 'endpoint / http',
  'breaker-open': 'endpoint / http',
  'dead-tokens': 'token / stale',
  'form-never-ready': 'provider / timeout',
};

/** The outages that end at a bound of the attempt: the state in which it waits, and more seconds than the bound. */
const bounds: Readonly<Partial<Record<Outage, Pick<Bound, 'status' | 'seconds'>>>> = {
  'script-hangs': { status: 'loading', seconds: 15 },
  'form-never-ready': { status: 'initializing', seconds: 25 },
};

beforeAll(ensureBuilt);

inEachEngine(({ open }) => {
  let shop: OutageShop;
  let opened: Visit;

  afterEach(async () => {
    await leave(opened);
    shop.close();
    expect(shop.countPayments()).toBeLessThanOrEqual(1);
  });

  async function enter(drill: Drill): Promise<Tab> {
    shop = await openOutageShop(drill);
    opened = await open();
    await opened.page.goto(shop.url);
    return opened.page;
  }

  /** Waits until the provider's attempts have ended, and moves the clock on if only that ends them. */
  async function awaitEnd(page: Tab, provider: string, outage: Outage): Promise<void> {
    const bound = bounds[outage];
    if (bound) await poll(`the end of ${provider}`, () => page.evaluate(passBound, { ...bound, provider }));
  }

  async function pay(page: Tab, provider: Drill['provider']): Promise<void> {
    await reaches(page, 'ready');
    expect(await observe(page)).toMatchObject({ provider, forms: 1 });
    await shoppers[provider].pay(page, shoppers[provider].cards.approved);
  }

  describe.each(outages)('an outage: %s', (outage) => {
    const pair = pairOf(outage);
    const { provider, fallback } = pair;

    it(`opens ${fallback} instead of ${provider}, which takes the payment`, async () => {
      const page = await enter({ ...pair, outages: { [provider]: outage } });
      await awaitEnd(page, provider, outage);
      await pay(page, fallback);
      await reaches(page, 'succeeded');
      expect(await isConfirmed(page)).toBe(true);
      const { provider: paid, changes } = await observe(page);
      expect(paid).toBe(fallback);
      expect(changes).toEqual([expect.stringContaining(`${fallback} opens instead of ${provider}.`)]);
      expect(await told(page)).not.toContain('failed');
      expect(shop.countPayments()).toBe(1);
    });

    it(`reports why ${provider} failed if ${fallback} has the outage, too`, async () => {
      const page = await enter({ ...pair, outages: { [provider]: outage, [fallback]: outage } });
      await awaitEnd(page, provider, outage);
      await awaitEnd(page, fallback, outage);
      await reaches(page, 'failed');
      expect(await failure(page)).toBe(errors[outage]);
      const { forms, changes, message } = await observe(page);
      expect(forms).toBe(0);
      expect(changes).toEqual([expect.stringContaining(`${message} ${fallback} opens instead of ${provider}.`)]);
      expect((await told(page)).filter((state) => state === 'failed')).toHaveLength(1);
      expect(shop.countPayments()).toBe(0);
    });
  });

  it('opens a provider whose file arrives after the first attempt has begun', async () => {
    const files = ['pay-checkout-payme.min.js', 'pay-checkout-micuentaweb.min.js'] as const;
    const page = await enter({ provider: 'payme', fallback: 'micuentaweb', outages: { payme: 'form-never-ready' }, files });
    await awaitEnd(page, 'payme', 'form-never-ready');
    await pay(page, 'micuentaweb');
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
  });

  describe('an outcome endpoint that is down after a payment', () => {
    const pair = { provider: 'payme', fallback: 'micuentaweb' } as const;

    it.each([
      ['payme', {}],
      ['micuentaweb', { payme: 'host-refuses' }],
    ] as const)('leaves the payment with %s pending, and opens no other form', async (paid, found) => {
      const page = await enter({ ...pair, outages: found, isOutcomeDown: true });
      await pay(page, paid);
      await reaches(page, 'pending');
      await passTime(page, 25);
      const { status, provider, changes } = await observe(page);
      expect({ status, provider, changes: changes.length }).toEqual({
        status: 'pending',
        provider: paid,
        changes: Object.keys(found).length,
      });
      expect(shop.tokenRequests).toEqual(paid === 'payme' ? ['payme'] : ['payme', 'micuentaweb']);
      expect(shop.countPayments()).toBe(1);
    });
  });
});

/** What a developer sees of the checkout: its state, its forms, and the console's lines that report another provider. */
function observe(page: Tab) {
  return page.evaluate(() => {
    const { state } = document.querySelector('pay-checkout')!;
    const { lines } = window as unknown as { lines: string[] };
    return {
      status: state.status,
      provider: state.provider,
      message: state.status === 'failed' ? state.error.message : '',
      forms: document.querySelectorAll('[id^="pay-checkout-"]').length,
      changes: lines.filter((line) => line.includes(' opens instead of ')),
    };
  });
}
