import { expect } from '@open-wc/testing';
import type { PayCheckout } from '../../src/index.js';
import { until } from '../support/clock.js';
import { event } from '../support/hostile.js';

type FramedPage = Window & typeof globalThis & { createElement: Document['createElement'] };

/** Opens a document of XML in a frame, with an element that waits for the shopper. */
async function openXhtml(): Promise<FramedPage> {
  const xhtml = `<?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE html>
    <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
      <head><title>A page of XML</title></head>
      <body>
        <script>window.createElement = document.createElement; import('${location.origin}/src/index.ts');</script>
        <pay-checkout provider="payme" environment="sandbox" token-endpoint="${location.origin}/token" loading="manual"></pay-checkout>
      </body>
    </html>`;
  const frame = document.createElement('iframe');
  frame.src = URL.createObjectURL(new Blob([xhtml.trim()], { type: 'application/xhtml+xml' }));
  document.body.append(frame);
  await event(frame, 'load');
  return frame.contentWindow as FramedPage;
}

describe('a page with the type application/xhtml+xml', () => {
  afterEach(() => document.querySelector('iframe')?.remove());

  it('shows the element, with the attributes of its tag', async () => {
    const page = await openXhtml();
    const element = page.document.querySelector<PayCheckout>('pay-checkout')!;
    await until(() => !!element.shadowRoot?.querySelector('[part=start]'), 'the button');
    expect(page.document.contentType).to.equal('application/xhtml+xml');
    expect(element).to.include({ provider: 'payme', environment: 'sandbox', loading: 'manual', status: 'idle' });
    expect(element.shadowRoot!.querySelector('[part=start]')!.textContent.trim()).to.equal('Pay');
  });

  it('shows an element that a script adds', async () => {
    const page = await openXhtml();
    await page.customElements.whenDefined('pay-checkout');
    const element = page.document.createElement('pay-checkout');
    Object.assign(element, { provider: 'payme', tokenEndpoint: 'javascript:0', locale: 'en' });
    page.document.body.append(element);
    await until(() => element.status === 'failed', 'a failure');
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('[part=message]')).to.not.equal(null);
  });

  it('keeps its own document.createElement', async () => {
    const page = await openXhtml();
    const element = page.document.querySelector<PayCheckout>('pay-checkout')!;
    await until(() => !!element.shadowRoot?.querySelector('[part=start]'), 'the button');
    expect(page.document.createElement).to.equal(page.createElement);
  });
});
