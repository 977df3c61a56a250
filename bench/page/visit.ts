import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** The figures of one visit to a page, in ms from the navigation. */
export interface Visit {
  /** The page called the library to open the form. */
  readonly opened: number;
  /** From the last arrival (token or file) to the call of the library's constructor. */
  readonly wait: number;
  /** The shopper can pay. */
  readonly ready: number;
  /** The sum of the layout shifts from the first paint to `ready`. */
  readonly shift: number;
}

/** Code that runs in the page. It is read as text, because a compiler would add helper functions that the page lacks. */
const figures = readFileSync(new URL('in-page.js', import.meta.url), 'utf8');

/** The slow 4G of browser audits: latency in ms, bytes per second. */
const slow4G = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };

/** Visits the page with an empty cache. On request, visits it again with the cache of the first visit. */
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

/** Opens a browser page with the shop's cookie, on a slow connection. */
export async function newShopper(context: BrowserContext, url: string): Promise<Page> {
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
  // Without this, a second visit would be a reload.
  await page.goto('about:blank');
  await page.goto(url, { waitUntil: 'commit' });
  const isReady = page.waitForFunction(() => performance.getEntriesByName('ready').length > 0, undefined, { timeout: 15_000 });
  await isReady.catch(() => {
    throw new Error(`${url} never came up: ${told.join(' ')}`);
  });
  return page.evaluate<Visit>(figures);
}
