import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inEachEngine } from './index.js';
import { type } from './place.js';
import { poll, until } from './until.js';

const html = `<!doctype html>
  <html>
    <head><title>A page</title></head>
    <body><input /><script>document.cookie = 'seen=' + (document.cookie ? 'again' : 'once')</script></body>
  </html>`;

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((_, answer) => void answer.setHeader('Content-Type', 'text/html').end(html)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/page`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

inEachEngine(({ open }) => {
  describe('a visit', () => {
    it('shares no cookies with the previous visit', async () => {
      for (const visit of [await open(), await open()]) {
        await visit.page.goto(url);
        expect(await visit.page.evaluate(() => document.cookie)).toBe('seen=once');
        await visit.close();
      }
    });

    it('records every uncaught error and unhandled rejection', async () => {
      const { page, errors, close } = await open();
      await page.goto(url);
      await page.evaluate(
        () =>
          void setTimeout(() => {
            throw new Error('thrown');
          }),
      );
      await poll('the error', () => Promise.resolve(errors.some((error) => error.includes('thrown'))));
      await page.evaluate(() => void Promise.reject(new Error('rejected')));
      await poll('the rejection', () => Promise.resolve(errors.some((error) => error.includes('rejected'))));
      expect(errors).toHaveLength(2);
      await close();
    });

    it('records requests, and blocks those to other machines', async () => {
      const { page, requests, abroad, close } = await open();
      await page.goto(url);
      const reaches = (address: string) => page.evaluate(reach, address);
      await reaches('http://shop.example/');
      await until(page, () => document.title === 'refused');
      await reaches('https://shop.example/');
      await until(page, () => document.title === 'refused twice');
      expect(requests).toContain('/page');
      expect(abroad).toEqual([expect.stringContaining('http://shop.example'), expect.stringContaining('https://shop.example')]);
      await close();
    });

    it('types with trusted key events', async () => {
      const { page, close } = await open();
      await page.goto(url);
      await page.evaluate(() => void addEventListener('keydown', ({ key, isTrusted }) => (document.title += `${key}:${isTrusted} `)));
      await type(page, { selector: 'input' }, 'añ1');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.querySelector('input')!.value)).toBe('añ1');
      expect(await page.evaluate(() => document.title)).toContain('Enter:true');
      await close();
    });
  });
});

/** Runs in the page. */
function reach(address: string): void {
  fetch(address, { mode: 'no-cors' }).then(
    () => (document.title = 'reached'),
    () => (document.title = document.title === 'refused' ? 'refused twice' : 'refused'),
  );
}
