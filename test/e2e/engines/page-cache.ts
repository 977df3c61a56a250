import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { enginesThat } from './index.js';
import type { Started } from './tab.js';
import { until } from './until.js';

/** The engines with a back/forward cache. The Chromium from npm has none: it loads the page again. */
export async function findPageCaches(): ReturnType<typeof enginesThat> {
  const server = createServer(
    (_, response) => void response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>A page</title>'),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return enginesThat((started) => keepsPage(started, url)).finally(() => {
    server.close();
    server.closeAllConnections();
  });
}

/** Leaves a page without any script, and checks whether its window is the same one after `history.back()`. */
async function keepsPage({ open }: Started, url: string): Promise<boolean> {
  const { page, close } = await open();
  await page.goto(`${url}/first`);
  await until(page, () => document.readyState === 'complete');
  await page.evaluate(() => void Object.assign(window, { isKept: true }));
  await page.goto(`${url}/second`);
  await page.evaluate(() => void setTimeout(() => history.back()));
  await until(page, () => location.pathname === '/first' && document.readyState === 'complete');
  const isKept = await page.evaluate(() => 'isKept' in window);
  await close();
  return isKept;
}
