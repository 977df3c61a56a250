import { puppeteerCore } from '@web/test-runner-chrome';
import type { Browser as Found } from '../../../scripts/browsers.mjs';
import { note, type Started, type Visit } from './tab.js';

/** Milliseconds, for a machine that is busy with other things. */
const startLimit = 120_000;

const preferences = {
  // Redirects requests to other machines to a port without a listener.
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': '127.0.0.1',
  'ui.prefersReducedMotion': 1,
  // Puppeteer turns the back/forward cache off.
  'fission.bfcacheInParent': true,
};

/** By WebDriver BiDi: playwright drives no Firefox but its own. */
export async function startFirefox({ executablePath, headless, args }: Found): Promise<Started> {
  const options = { browser: 'firefox', executablePath, headless, args, timeout: startLimit, extraPrefsFirefox: preferences } as const;
  const browser = await puppeteerCore.launch(options);
  const version = /\d+/.exec(await browser.version())?.[0] ?? '';
  return { version, open: () => open(browser), close: () => browser.close() };
}

async function open(browser: Awaited<ReturnType<typeof puppeteerCore.launch>>): Promise<Visit> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const resize = (width: number, height: number) => page.setViewport({ width, height });
  const opened: Visit = { page, requests: [], abroad: [], errors: [], resize, close: () => context.close() };
  page.on('pageerror', (error) => opened.errors.push(String(error)));
  page.on('request', (request) => note(opened, request.url()));
  return opened;
}
