// Measures how long a shopper on a phone waits for the second provider's form when the first provider is down. The pages alternate with a
// page that has the second provider alone.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/browsers.mjs';
import { tableOf, type Figure, type Options, type Report } from '../benchmark.js';
import { measuredOn } from '../machine.js';
import { summaryOf } from '../statistics.js';
import type { ProviderName } from '../../src/testing/providers.js';
import { script, type File } from './files.js';
import { elementOf, html, scriptTag } from './pages.js';
import { openShop, type Shop } from './shop.js';
import { newShopper } from './visit.js';

const pair = { first: 'payme', second: 'micuentaweb' } as const;

const outages = ['alone', 'host refuses', 'provider down', 'script hangs', 'form never ready'] as const;

type Outage = (typeof outages)[number];

/** Milliseconds from the navigation. */
interface Wait {
  /** The first provider is known to be lost. */
  readonly lost: number;
  readonly ready: number;
}

export async function outage({ cycles: rounds = 3 }: Options): Promise<Report> {
  const shop = await openShop(300);
  const hanging = await openHangingHost();
  const browser = await launchChromium();
  const waits = Object.fromEntries(outages.map((name) => [name, [] as Wait[]])) as Record<Outage, Wait[]>;
  try {
    for (let round = 0; round < rounds; round++) {
      console.log(`Outages on slow 4G, round ${round + 1} of ${rounds}`);
      for (const name of outages) waits[name].push(await visit(shop, browser, name, hanging.url));
    }
    return report(waits, rounds, browser.version());
  } finally {
    await browser.close();
    shop.close();
    hanging.close();
  }
}

/** Accepts requests, and never responds. */
async function openHangingHost() {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => (server.close(), server.closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

async function visit(shop: Shop, browser: Browser, name: Outage, hanging: string): Promise<Wait> {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
  try {
    const provider = name === 'alone' ? pair.second : pair.first;
    const element = elementOf(provider).replace('<pay-checkout', `<pay-checkout ${name === 'alone' ? '' : `fallback="${pair.second}"`}`);
    const own = scriptFor(shop, provider, name, hanging);
    const page = { html: html([markLosses(name === 'provider down'), scriptTag(own, true, 'defer')], element), own };
    const url = shop.serve(`/outage/${name.replaceAll(' ', '-')}`, page);
    if (name === 'form never ready') await hangForms(context, shop);
    return await measure(await newShopper(context, url), url);
  } finally {
    await context.close();
  }
}

/** Marks each failed file and response: the first one is when the provider is known to be lost. On request, its token requests fail. */
const markLosses = (isDown: boolean) => `<script>
      const mark = () => performance.mark('lost');
      addEventListener('error', ({ target }) => target.src?.includes('127.0.0.1') && mark(), true);
      const down = () => new Response(JSON.stringify({ type: 'urn:pay-checkout:problem:provider-down', title: 'Down', status: 503, retryable: false }), {
        status: 503,
        headers: { 'Content-Type': 'application/problem+json' },
      });
      const real = fetch;
      window.fetch = (url, init) => {
        if (!${isDown} || !init.body.includes('"${pair.first}"')) return real(url, init);
        mark();
        return Promise.resolve(down());
      };
    </script>`;

/** Our script, in which the first provider has another host. No cache of the browser is turned off for that, as by an interception. */
function scriptFor(shop: Shop, provider: ProviderName, name: Outage, hanging: string): File {
  const { file } = shop.files.of[provider].scripts.full;
  const host = { 'host refuses': 'http://127.0.0.1:2', 'script hangs': hanging }[name as string];
  const own = `${shop.origin}/stand-in/flex.dev.pay-me.cloud`;
  return script(
    `/outage/${name.replaceAll(' ', '-')}.js`,
    host ? file.text.replaceAll(own, `${host}/stand-in/flex.dev.pay-me.cloud`) : file.text,
  );
}

async function hangForms(context: BrowserContext, shop: Shop): Promise<void> {
  const { path, text } = shop.files.of[pair.first].library;
  const body = `${text}\n;FlexPaymentForms.faults.neverReady = true;`;
  await context.route(`**${path}*`, (route) => route.fulfill({ contentType: 'text/javascript', body }));
}

async function measure(page: Page, url: string): Promise<Wait> {
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => performance.getEntriesByName('ready').length > 0, undefined, { timeout: 60_000 });
  // No function inside: a compiler would add a helper that the page lacks.
  return page.evaluate(() => ({
    lost: performance.getEntriesByName('lost')[0]?.startTime ?? 0,
    ready: performance.getEntriesByName('ready')[0]!.startTime,
  }));
}

function report(waits: Readonly<Record<Outage, readonly Wait[]>>, rounds: number, version: string): Report {
  const median = (name: Outage, of: (wait: Wait) => number) => summaryOf(waits[name].map(of)).median;
  const alone = median('alone', ({ ready }) => ready);
  const afterLoss = (name: Outage) => median(name, ({ lost, ready }) => ready - lost);
  const ratio = (name: Outage, most: number): Figure => {
    const figure = afterLoss(name) / alone;
    const what = `${name}: from the loss to the second form : the second alone`;
    return {
      what,
      figure: `**${figure.toFixed(3)}** (${afterLoss(name).toFixed(0)} : ${alone.toFixed(0)} ms)`,
      must: `≤ ${most}`,
      holds: figure <= most,
    };
  };
  const later = (name: Outage, most = Infinity): Figure => {
    const figure = (median(name, ({ ready }) => ready) - alone) / 1_000;
    const must = most === Infinity ? 'reported only' : `≤ ${most}`;
    return { what: `${name}: later than the second alone, s`, figure: `**${figure.toFixed(2)}**`, must, holds: figure <= most };
  };
  const figures = [
    ratio('host refuses', 1.5),
    later('host refuses'),
    ratio('provider down', 1.1),
    later('script hangs', 8),
    later('form never ready'),
  ];
  const how = `Slow 4G (562.5 ms, 180 kB/s), 300 ms for the token endpoint in addition to the network. The first provider is ${pair.first}, the second ${pair.second}. It is lost at the first failed file or response. ${rounds} rounds, pages alternating; medians.`;
  return {
    title: 'Outages, on slow 4G',
    text: `${measuredOn(version)} ${how}\n\n${tableOf(figures)}`,
    holds: figures.every(({ holds }) => holds),
  };
}
