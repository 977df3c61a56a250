import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** What one visit to a page came to, in ms from the navigation. */
export interface Visit {
  /** The provider's form was asked to open. */
  readonly opened: number;
  /** From the last arrival (token, files) to the library's constructor. */
  readonly wait: number;
  /** The shopper can pay. */
  readonly ready: number;
  /** Summed from the first paint to `ready`. */
  readonly shift: number;
}

/** Runs in the page, as it stands: what a compiler adds to functions is not there. */
const figures = readFileSync(new URL('in-page.js', import.meta.url), 'utf8');

/** As the audits of browsers have it: latency in ms, bytes per second. */
const slow4G = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };

/** A first visit, with nothing in the cache; and a second one, with everything in it that may be kept. */
export async function visitTwice(browser: Browser, url: string, isSecondWanted: boolean): Promise<{ first: Visit; second?: Visit }> {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
  try {
    const page = await newShopper(context, url);
    const first = await visit(page, url);
    return isSecondWanted ? { first, second: await visit(page, url) } : { first };
  } finally {
    await context.close();
  }
}

/** Somebody whom the shop knows, on a slow connection. */
async function newShopper(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await context.request.get(new URL('/welcome', url).href);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slow4G);
  return page;
}

async function visit(page: Page, url: string): Promise<Visit> {
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  page.on('pageerror', ({ message }) => told.push(message));
  // From the same page it would be a reload.
  await page.goto('about:blank');
  await page.goto(url, { waitUntil: 'commit' });
  const isReady = page.waitForFunction(() => performance.getEntriesByName('ready').length > 0, undefined, { timeout: 15_000 });
  await isReady.catch(() => {
    throw new Error(`${url} never came up: ${told.join(' ')}`);
  });
  return page.evaluate<Visit>(figures);
}
