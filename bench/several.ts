// Several elements on one page: the page requests our script once, and no cost grows faster than the number of elements.
import { launchChromium } from '../scripts/browsers.mjs';
import { tableOf, type Figure, type Options, type Report } from './benchmark.js';
import { measuredOn } from './machine.js';
import { elementOf, html, scriptTag } from './page/pages.js';
import { openShop, type Shop } from './page/shop.js';
import { median, ratioOf } from './statistics.js';

type Browser = Awaited<ReturnType<typeof launchChromium>>;

interface Visit {
  /** Milliseconds from the navigation until all forms are open. */
  readonly ready: number;
  /** The number of requests for our script. */
  readonly requests: number;
}

const counts = [1, 2, 10];

export async function several({ cycles: rounds = 7 }: Options): Promise<Report> {
  const shop = await openShop();
  const browser = await launchChromium();
  try {
    const visits = new Map<number, Visit[]>(counts.map((count) => [count, []]));
    for (let round = 0; round < rounds; round++) {
      for (const count of counts) visits.get(count)!.push(await visit(browser, shop, count));
    }
    const figures = figuresOf(visits);
    const how = `Pay-me stand-in, without network throttling; ${rounds} rounds alternating; medians.`;
    const text = `${measuredOn(browser.version())} ${how}\n\n${tableOf(figures)}`;
    return { title: 'Several elements on a page', text, holds: figures.every(({ holds }) => holds) };
  } finally {
    await browser.close();
    shop.close();
  }
}

async function visit(browser: Browser, shop: Shop, count: number): Promise<Visit> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await context.request.get(`${shop.origin}/welcome`);
  const elements = elementOf('payme').repeat(count);
  await page.goto(
    shop.serve(`/several/${count}`, { html: html([scriptTag(shop.files.of.payme.scripts.full.file, true, 'defer')], elements) }),
  );
  await page.waitForFunction((wanted) => document.querySelectorAll('pay-checkout[status="ready"]').length === wanted, count);
  const seen = await page.evaluate<Visit>(`({
    ready: Math.max(...performance.getEntriesByName('ready').map(({ startTime }) => startTime)),
    requests: performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('${shop.files.of.payme.scripts.full.file.path}')).length,
  })`);
  await context.close();
  return seen;
}

function figuresOf(visits: ReadonlyMap<number, readonly Visit[]>): Figure[] {
  const readies = (count: number) => visits.get(count)!.map(({ ready }) => ready);
  return counts.map((count) => {
    const ratio = ratioOf(readies(count), readies(1)).median;
    const requests = Math.max(...visits.get(count)!.map((one) => one.requests));
    return {
      what: `${count}: ready, and requests for our script`,
      figure: `${median(readies(count)).toFixed(0)} ms, **${ratio.toFixed(2)}** × one; ${requests}`,
      must: `≤ ${count} × one; 1`,
      holds: ratio <= count && requests === 1,
    };
  });
}
