import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../../../scripts/browsers.mjs';
import { ranIn } from '../ran-in.js';
import { note, type Started, type Visit } from './tab.js';

/** Milliseconds after which something does not come any more, even on a machine that is busy with other things. */
const patience = 60_000;

/** With all that playwright can do, which the other engines have nothing of. */
export interface ChromiumVisit extends Visit {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** Redirects requests to other machines to a port without a listener. */
const nowhere = { server: 'http://127.0.0.1:9', bypass: '127.0.0.1' };

/** Opens a page whose requests stay on this machine. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<ChromiumVisit> {
  ranIn('chromium', `Chromium ${versionOf(browser)}`);
  const context = await browser.newContext({ locale: 'es-PE', reducedMotion: 'reduce', proxy: nowhere, ...options });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const resize = (width: number, height: number) => page.setViewportSize({ width, height });
  const opened: ChromiumVisit = { page, context, requests: [], abroad: [], errors: [], resize, close: () => context.close() };
  page.on('pageerror', ({ message }) => opened.errors.push(message));
  context.on('request', (request) => note(opened, request.url()));
  await page.goto(url);
  return opened;
}

export async function startChromium(): Promise<Started> {
  // Playwright turns it off otherwise.
  const browser = await launchChromium({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  return { version: versionOf(browser), open: () => visit(browser, 'about:blank'), close: () => browser.close() };
}

function versionOf(browser: Browser): string {
  return browser.version().split('.')[0] ?? '';
}
