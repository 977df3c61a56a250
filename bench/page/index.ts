// Measures how long a shopper on a phone waits. It compares pages with our tag to pages that a careful developer writes by hand.
// The pages alternate, so that other load on the machine affects all of them.
import { launchChromium } from '../../scripts/browsers.mjs';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import { markdownTable, tableOf, type Options, type Report } from '../benchmark.js';
import { measuredOn } from '../machine.js';
import { summaryOf } from '../statistics.js';
import { figuresOf } from './figures.js';
import { pageOf, variants, type Variant } from './pages.js';
import { openShop, type Shop } from './shop.js';
import { visitTwice, type Visit } from './visit.js';

/** The pages whose second visit is also measured. */
const revisited: readonly Variant[] = ['tag', 'hand-tuned'];

/** The visits to one page, in the order of the rounds. */
export interface Visits {
  readonly first: Visit[];
  readonly second: Visit[];
}

export type Measured = Readonly<Record<ProviderName, Readonly<Record<Variant, Visits>>>>;

export async function page({ cycles: rounds = 3 }: Options): Promise<Report> {
  const shop = await openShop(300);
  const browser = await launchChromium();
  try {
    const measured = {} as Record<ProviderName, Record<Variant, Visits>>;
    for (const provider of providerNames) measured[provider] = noVisits();
    for (let round = 0; round < rounds; round++) {
      console.log(`Pages on slow 4G, round ${round + 1} of ${rounds}`);
      for (const provider of providerNames) await visitAll(shop, browser, provider, measured[provider]);
    }
    return report(measured, rounds, browser.version());
  } finally {
    await browser.close();
    shop.close();
  }
}

async function visitAll(
  shop: Shop,
  browser: Awaited<ReturnType<typeof launchChromium>>,
  provider: ProviderName,
  visits: Record<Variant, Visits>,
): Promise<void> {
  for (const variant of variants) {
    const url = shop.serve(`/${variant.replaceAll(/\W+/g, '-')}/${provider}`, pageOf(variant, provider, shop.files));
    const { first, second } = await visitTwice(browser, url, revisited.includes(variant));
    visits[variant].first.push(first);
    if (second) visits[variant].second.push(second);
  }
}

function noVisits(): Record<Variant, Visits> {
  return Object.fromEntries(variants.map((variant) => [variant, { first: [], second: [] }])) as unknown as Record<Variant, Visits>;
}

function report(measured: Measured, rounds: number, version: string): Report {
  const figures = figuresOf(measured);
  const how = `Slow 4G (562.5 ms, 180 kB/s), 300 ms for the token endpoint in addition to the network. The libraries are as large as the real ones. One loopback server serves all hosts, so connections take no time. ${rounds} rounds, pages alternating; medians, with the quartiles behind them.`;
  const text = [`${measuredOn(version)} ${how}`, tableOf(figures), 'Milliseconds from the navigation:', times(measured)].join('\n\n');
  return { title: 'The page, on slow 4G', text, holds: figures.every(({ holds }) => holds) };
}

function times(measured: Measured): string {
  const cell = (visits: readonly Visit[], of: (visit: Visit) => number) => {
    if (visits.length === 0) return '';
    const { median, quartiles } = summaryOf(visits.map(of));
    return `${median.toFixed(0)} (${quartiles.map((value) => value.toFixed(0)).join('–')})`;
  };
  const lines = providerNames.flatMap((provider) =>
    variants.map((variant) => {
      const { first, second } = measured[provider][variant];
      return [
        provider,
        variant,
        cell(first, ({ opened }) => opened),
        cell(first, ({ ready }) => ready),
        cell(second, ({ ready }) => ready),
      ];
    }),
  );
  return markdownTable(['', 'page', '`init` is called', 'ready', 'ready, second visit'], lines);
}
