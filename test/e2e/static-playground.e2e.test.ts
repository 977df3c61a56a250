import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faults } from '../../demo/faults/index.js';
import { inEachEngine } from './engines/index.js';
import type { Tab, Visit } from './engines/tab.js';
import { providerNames } from './shoppers.js';
import { failure, isConfirmed, launchChromium, leave, press, reaches, visit } from './support.js';

const out = 'dist-playground';
const folder = '/some/folder/';

let server: ServerType;
let browser: Browser;
let opened: Visit;

beforeAll(async () => {
  build();
  const app = new Hono();
  app.use(`${folder}*`, serveStatic({ root: out, rewriteRequestPath: (path) => path.slice(folder.length - 1) }));
  server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

/** Every request stays inside the folder. */
afterEach(async () => {
  await leave(opened);
  expect(opened.requests.filter((path) => !path.startsWith(folder))).toEqual([]);
});

/** Builds as `npm run build:playground` does. */
function build(): void {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const [, ...args] = scripts['build:playground']!.split(' ');
  // The runner sets NODE_ENV, which lit's bundle would follow.
  execFileSync(process.execPath, args, { env: { ...process.env, NODE_ENV: '' }, stdio: 'pipe' });
}

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}${folder}`;

async function open(query: Record<string, string>, place = url()): Promise<Page> {
  const { page } = (opened = await visit(browser, `${place}?${new URLSearchParams(query)}`));
  return page;
}

/** Selects the test card, which moves the focus to the form's own button. */
async function pay(page: Tab, card = 'Approved'): Promise<void> {
  await reaches(page, 'ready');
  await press(page, card);
  await page.keyboard.press('Enter');
}

inEachEngine((engine) => {
  describe('the playground as files in a folder of a static host', () => {
    it.each(providerNames)('takes a payment with %s and confirms it', async (provider) => {
      opened = await engine.open();
      await opened.page.goto(`${url()}?provider=${provider}`);
      await pay(opened.page);
      await reaches(opened.page, 'succeeded');
      expect(await isConfirmed(opened.page)).toBe(true);
    });
  });
});

describe('the playground as files in a folder of a static host', () => {
  it('opens the production environment, and switches to another provider in the same folder', async () => {
    const page = await open({ environment: 'production', locale: 'pt-BR' });
    await reaches(page, 'ready');
    await page.selectOption('[name=provider]', 'payroc');
    await page.waitForURL(`${url()}?provider=payroc&locale=pt-BR`);
    await reaches(page, 'ready');
  });

  it.each([
    ['payme', 'endpoint-404', 'token / refused'],
    ['payme', 'script-404', 'asset / unreachable'],
    ...providerNames.flatMap((name) => [
      [name, 'credentials', 'endpoint / http'] as const,
      [name, 'library-throws', 'provider / threw'] as const,
    ]),
  ] as const)('fails with %s as the fault list documents: %s results in %s', async (provider, fault, expected) => {
    const page = await open({ provider, fault });
    await reaches(page, 'failed');
    expect(await failure(page)).toBe(expected);
    expect(await page.textContent('#fault-ends')).toBe(faults[provider][fault]!.ends);
  });

  it('shows the hash of the script-tag build in the snippet', async () => {
    const page = await open({});
    await page.locator('#snippet', { hasText: /integrity="sha384-[\w+/]{64}"/ }).waitFor();
  });

  it('fails when the card is declined', async () => {
    const page = await open({});
    await pay(page, 'Declined');
    await reaches(page, 'failed');
    expect(await failure(page)).toBe('declined');
  });

  it('refuses an order of another visitor', async () => {
    const page = await open({ order: 'not-mine' });
    await reaches(page, 'failed');
    expect(await failure(page)).toBe('token / refused');
  });
});

describe('the same files, opened from the disk', () => {
  it.each(providerNames)('take a payment with %s', async (provider) => {
    const page = await open({ provider }, pathToFileURL(resolve(out, 'index.html')).href);
    await page.getByRole('tab', { name: 'React' }).click();
    await pay(page);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
    expect(page.url()).toContain('tab=react');
  });
});
