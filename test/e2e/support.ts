import type { Browser, BrowserContext, BrowserContextOptions, JSHandle, Page } from 'playwright-core';
import { expect } from 'vitest';
import type {} from '../../src/index.js';
import type { Status } from '../../src/state.js';
import { ranIn } from './ran-in.js';

export { launchChromium } from '../../scripts/browsers.mjs';

/** Milliseconds after which something does not come any more, even on a machine that is busy with other things. */
const patience = 60_000;

/** A page in a browser window of its own, and what became known of it. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Paths that were asked for on this machine. */
  readonly requests: string[];
  /** Requests to other machines. None of them leaves. */
  readonly abroad: string[];
  /** What nobody in the page caught. */
  readonly errors: string[];
}

/** Leads whatever is not for this machine to a port where nobody listens. */
const nowhere = { server: 'http://127.0.0.1:9', bypass: '127.0.0.1' };

/** Opens a page whose requests stay on this machine. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  ranIn('chromium', `Chromium ${browser.version().split('.')[0]}`);
  const context = await browser.newContext({ locale: 'es-PE', reducedMotion: 'reduce', proxy: nowhere, ...options });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const opened: Visit = { page, context, requests: [], abroad: [], errors: [] };
  page.on('pageerror', ({ message }) => opened.errors.push(message));
  context.on('request', (request) => {
    const { protocol, hostname, pathname } = new URL(request.url());
    if (hostname === '127.0.0.1') opened.requests.push(pathname);
    else if (protocol.startsWith('http')) opened.abroad.push(request.url());
  });
  await page.goto(url);
  return opened;
}

/** @param expected the requests to other machines that a test had answered on this one */
export async function leave({ context, abroad, errors }: Visit, expected: readonly string[] = []): Promise<void> {
  await context.close();
  expect(abroad.sort()).toEqual([...expected].sort());
  expect(errors).toEqual([]);
}

/** Waits until the checkout is in that state. */
export async function reaches(page: Page, status: Status): Promise<void> {
  const isIn = (wanted: Status) => document.querySelector('pay-checkout')?.status === wanted;
  try {
    await page.waitForFunction(isIn, status);
  } catch {
    throw new Error(`The checkout never was ${status}: ${JSON.stringify(await diagnosis(page))}`);
  }
}

/** Waits until the shopper can read it. */
export function shows(page: Page, text: string): Promise<void> {
  return page.getByText(text).filter({ visible: true }).first().waitFor();
}

/** Waits until nothing of the page has to be scrolled to sideways. */
export async function fits(page: Page, width: number): Promise<void> {
  await page.waitForFunction((wanted) => document.documentElement.scrollWidth === wanted, width);
}

export function diagnosis(page: Page) {
  return page.evaluate(() => document.querySelector('pay-checkout')!.diagnose());
}

/** `code / reason` of a checkout that failed. */
export async function failure(page: Page): Promise<string> {
  const { error } = await diagnosis(page);
  return [error?.code, error?.reason].filter(Boolean).join(' / ');
}

/** Who says that it was paid: the merchant's backend, or only the provider. */
export function isConfirmed(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { state } = document.querySelector('pay-checkout')!;
    return state.status === 'succeeded' && state.confirmed;
  });
}

/** The name of every state that the checkout enters from now on, in order. */
export function follow(page: Page): Promise<JSHandle<string[]>> {
  return page.evaluateHandle(() => {
    const names: string[] = [];
    const states = ['loading', 'initializing', 'ready', 'confirming', 'succeeded', 'pending', 'failed', 'cancelled', 'expired'];
    for (const state of states) document.addEventListener(`pay-${state}`, () => names.push(state));
    return names;
  });
}
