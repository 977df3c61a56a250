import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { start, type Demo } from '../../demo/server.js';
import { launchChromium, leave, visit, type ChromiumVisit } from './support.js';

export interface InDemo {
  /** Where the demo is; ends with a slash. */
  readonly url: string;
  /** Opens a page of it, or another one, in a window of its own, which is closed when the test ends. */
  open(url: string, options?: Parameters<typeof visit>[2]): Promise<ChromiumVisit>;
}

/** The demo and Chromium, as long as the tests of this file run. */
export function inDemo(): InDemo {
  let demo: Demo;
  let browser: Browser;
  const visits: ChromiumVisit[] = [];
  beforeAll(async () => {
    [demo, browser] = await Promise.all([start(), launchChromium()]);
  });
  afterAll(() => Promise.all([browser.close(), demo.close()]));
  afterEach(async () => {
    await Promise.all(visits.splice(0).map((one) => leave(one)));
  });
  return {
    get url() {
      return demo.url;
    },
    async open(url, options) {
      const opened = await visit(browser, url, options);
      visits.push(opened);
      return opened;
    },
  };
}
