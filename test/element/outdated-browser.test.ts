import { expect } from '@open-wc/testing';
import { en } from '../../src/messages/en.js';
import { pt } from '../../src/messages/pt.js';
import { event } from '../support/hostile.js';

type OldPage = Window & typeof globalThis & { warnings: string[]; load(url: string): Promise<unknown> };

const newest = { 'AbortSignal.throwIfAborted': 'AbortSignal.prototype.throwIfAborted', 'Array.findLast': 'Array.prototype.findLast' };

/** Opens a page in a frame, in a browser that lacks a feature. */
async function openOldPage(missing: string, tag: string): Promise<OldPage> {
  const frame = document.createElement('iframe');
  const code = `delete ${missing}; window.warnings = []; console.warn = (text) => warnings.push(text); window.load = (url) => import(url);`;
  frame.srcdoc = `<!doctype html><html lang="pt-BR"><body><script>${code}</script>${tag}</body></html>`;
  document.body.append(frame);
  await event(frame, 'load');
  return frame.contentWindow as OldPage;
}

describe('an outdated browser', () => {
  afterEach(() => document.querySelector('iframe')?.remove());

  for (const [feature, missing] of Object.entries(newest)) {
    for (const [language, tag, text] of [
      ["the page's language", '<pay-checkout provider="payme"></pay-checkout>', pt.misconfigured],
      ['the language of `locale`', '<pay-checkout locale="en-US">Loading</pay-checkout>', en.misconfigured],
    ] as const) {
      it(`without ${feature} shows a sentence in ${language}`, async () => {
        const page = await openOldPage(missing, tag);
        await page.load(`${location.origin}/src/index.ts`);
        expect(page.document.querySelector('pay-checkout')!.textContent).to.equal(text);
        expect(page.warnings.filter((line) => line.startsWith('pay-checkout'))).to.have.lengthOf(1);
      });
    }
  }
});
