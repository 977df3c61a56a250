import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { snippets } from '../../demo/playground/snippets/index.js';
import { securityPolicy } from '../../src/server.js';
import { inDemo } from './in-demo.js';
import { fits, reaches, shows } from './support.js';

const names = Object.keys(snippets);
const permissions = ['clipboard-read', 'clipboard-write'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const demo = inDemo();

async function open(query: Record<string, string> = {}, options = {}): Promise<Page> {
  const { page } = await demo.open(`${demo.url}?${new URLSearchParams(query)}`, { permissions, ...options });
  return page;
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name: snippets[name]!.title, exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

describe('the snippets of the playground', () => {
  it('appear one per tab, and are copied with one click', async () => {
    const page = await open({ provider: 'izipay', locale: 'pt-BR' });
    const seen: string[] = [];
    for (const name of names) {
      await tab(page, name).click();
      await page.getByRole('tabpanel', { name: snippets[name]!.title, exact: true }).waitFor();
      await press(page, 'Copy');
      await shows(page, 'Copied.');
      seen.push(await clipboard(page));
      expect(seen.at(-1)).toBe(await page.textContent('#snippet'));
    }
    const expected = [
      ...['locale="pt-BR"', 'data-provider="izipay"', 'color-scheme', "'pay-checkout/react'", '<template>'],
      ...['createPayEndpoints', 'Security-Policy'],
    ];
    expect(seen).toEqual(expected.map((part) => expect.stringContaining(part) as string));
  });

  it('are reached and copied with the keyboard alone', async () => {
    const page = await open();
    await tab(page, 'html').focus();
    for (const [key, title] of [
      ['ArrowRight', 'Head'],
      ['End', 'CSP'],
      ['ArrowRight', 'HTML'],
      ['ArrowLeft', 'CSP'],
      ['Home', 'HTML'],
      ['ArrowLeft', 'CSP'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await focused(page)).toBe(title);
      expect(await page.getByRole('tab', { selected: true }).allTextContents()).toEqual([title]);
      expect(await page.locator('[role=tab][tabindex="0"]').allTextContents()).toEqual([title]);
      expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe('solid');
    }
    expect(page.url()).toContain('?tab=csp');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Copy');
    await page.keyboard.press('Enter');
    await shows(page, 'Copied.');
    expect(await clipboard(page)).toContain('Content-Security-Policy: ');
  });

  it('look the same after the copied link is opened', async () => {
    const page = await open();
    await page.selectOption('[name=theme]', 'dark');
    await page.selectOption('[name=accent]', { label: 'brown' });
    await page.selectOption('[name=radius]', { label: 'round' });
    await page.selectOption('[name=outcome]', 'off');
    await tab(page, 'react').click();
    await press(page, 'Copy link');
    await shows(page, 'Copied.');
    const colleague = await open(Object.fromEntries(new URL(await clipboard(page)).searchParams));
    const all = () => [
      document.querySelector('#snippet')?.textContent,
      document.querySelector('[aria-selected=true]')?.textContent,
      document.querySelector('pay-checkout')?.getAttribute('style'),
      document.documentElement.style.colorScheme,
    ];
    expect(await colleague.evaluate(all)).toEqual(await page.evaluate(all));
    expect(await colleague.evaluate(all)).toEqual([
      expect.stringContaining('onReceived'),
      'React',
      expect.stringMatching(/accent: #8a3b12.*radius: 1rem/),
      'dark',
    ]);
  });

  it('ignore unknown values in a link', async () => {
    const page = await open({
      accent: 'red; position: fixed',
      theme: 'x',
      locale: 'xx',
      provider: 'nobody',
      environment: 'test',
      tab: 'none',
    });
    await reaches(page, 'ready');
    const chosen = () => [...new FormData(document.querySelector<HTMLFormElement>('#controls')!).values()];
    expect(await page.evaluate(chosen)).toEqual(await (await open()).evaluate(chosen));
    expect(await page.textContent('#snippet')).toContain('provider="payme"\n  environment="sandbox"');
    expect(await page.getAttribute('pay-checkout', 'style')).toBeNull();
  });

  it('give the live element the same attributes when they contain markup or quotes', async () => {
    const order = `"><b>'&amp;'</b> </script>`;
    const config = JSON.stringify({ i18n: { "it's": '<"&quot;">' } });
    const page = await open({ order, config, loading: 'manual', credentials: 'omit' });
    const parsed = await page.evaluate(() => {
      const body = new DOMParser().parseFromString(document.querySelector('#snippet')!.textContent, 'text/html');
      const attributesOf = (element: Element) => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
      return [body, document].map((one) => attributesOf(one.querySelector('pay-checkout')!));
    });
    const [pasted, live] = parsed;
    expect(live).toEqual({ ...pasted, status: 'idle' });
    expect(live).toMatchObject({ order, config });
  });

  it('list the parts of the policy that are not confirmed', async () => {
    const page = await open({ environment: 'production', tab: 'csp' });
    const { unconfirmed } = securityPolicy({ provider: 'payme' });
    expect(unconfirmed).not.toEqual([]);
    expect(await page.locator('.warnings li').allTextContents()).toEqual(unconfirmed.map((text) => text.replaceAll('`', '')));
  });
});

describe('the tabs of the playground', () => {
  it.each(names)('fit a narrow screen: %s', async (name) => {
    const page = await open({ tab: name }, { viewport: { width: 360, height: 640 } });
    await reaches(page, 'ready');
    await fits(page, 360);
    expect(await tab(page, name).evaluate((one) => one.getBoundingClientRect().right)).toBeLessThan(360);
  });

  it.each(['light', 'dark'] as const)('have no accessibility violations with a %s color scheme', async (colorScheme) => {
    const page = await open({}, { colorScheme });
    await reaches(page, 'ready');
    await page.evaluate(axe);
    for (const name of names) {
      await tab(page, name).click();
      const { violations } = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
      expect(violations.map(({ id, nodes }) => [name, id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
});
