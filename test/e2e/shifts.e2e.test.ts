import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { openGuardedShop, type GuardedPage } from './policy/guarded-shop.js';
import { withBuilt } from './built.js';
import { providerNames } from './shoppers.js';
import { reaches, shows, until, visit, type ChromiumVisit } from './support.js';

/** Only Chromium reports layout shifts. */
type LayoutShift = PerformanceEntry & { readonly value: number };

/** The rules of docs/styling.md. */
const [, style = ''] = /^```css\n(pay-checkout:not\(:defined\).*?)^```$/ms.exec(readFileSync('docs/styling.md', 'utf8')) ?? [];
const around = '<style>body { margin: 0 }</style><footer>Envíos a todo el país</footer>';

const here = withBuilt(openGuardedShop);
let visited: ChromiumVisit;

afterEach(async () => {
  await visited.context.close();
  expect(visited.errors).toEqual([]);
});

/** A page that is painted before our script arrives. */
async function open(width: number, more: string, page: Pick<GuardedPage, 'provider' | 'loading'>): Promise<Page> {
  visited = await visit(here.browser, 'about:blank', { viewport: { width, height: 2000 } });
  const { page: tab, context } = visited;
  await here.shop.answer(context);
  await tab.addInitScript(watchShifts);
  await tab.route('**/pay-checkout.js', async (route) => {
    await until(tab, () => performance.getEntriesByName('first-contentful-paint').length > 0);
    await route.continue();
  });
  await tab.goto(here.shop.show({ policy: "object-src 'none'", more: more + around, ...page }));
  return tab;
}

describe('a page that is painted before the checkout loads', () => {
  describe.each([320, 1000])('%i px wide, with the style of docs/styling.md', (width) => {
    it.each(providerNames)('has no layout shift between the first paint and the ready state of %s', async (provider) => {
      const page = await open(width, `<style>${style}</style>`, { provider });
      await reaches(page, 'ready');
      expect(await shifts(page)).toEqual([]);
    });

    it('has no layout shift when the pay button appears', async () => {
      const page = await open(width, `<style>${style}</style>`, { provider: 'payme', loading: 'manual' });
      await shows(page, 'Pagar');
      expect(await shifts(page)).toEqual([]);
    });
  });

  it('has a layout shift without the style of docs/styling.md', async () => {
    const page = await open(1000, '', { provider: 'payme' });
    await reaches(page, 'ready');
    // A slow machine may paint the move in two steps.
    expect(await shifts(page)).not.toEqual([]);
  });
});

/** Runs in the page, before anything else. */
function watchShifts(): void {
  const shifts: number[] = [];
  const keep = (list: PerformanceObserverEntryList) => shifts.push(...list.getEntries().map((entry) => (entry as LayoutShift).value));
  new PerformanceObserver(keep).observe({ type: 'layout-shift', buffered: true });
  Object.assign(window, { shifts });
}

/** How far the page has moved each time, once it has been painted as it is now. */
function shifts(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    return (window as unknown as { shifts: number[] }).shifts;
  });
}
