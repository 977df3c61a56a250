import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import { hosts, scriptPath } from '../../../src/providers/izipay/contract.js';
import type { IzipayConstructor } from '../../../src/testing/index.js';
import { createStandIns } from '../../../src/testing/index.js';
import { configFor } from './support.js';
import { fakeClock, until } from '../../support/clock.js';

const page = window as { Izipay?: IzipayConstructor; iziCheckout?: IzipayConstructor };
const { fetch } = window;
let clock: SinonFakeTimers;
let asked: string[];
let runs = 0;

beforeEach(() => {
  clock = fakeClock();
  asked = [];
  window.fetch = (input, init) => {
    const request = new Request(input, init);
    asked.push(request.url);
    return createStandIns().handle(request);
  };
});

afterEach(() => {
  clock.restore();
  window.fetch = fetch;
  document.getElementById('izipay-checkout-web')?.remove();
  delete page.Izipay;
  delete page.iziCheckout;
});

/** Runs the entry of the classic script as if it had come from `src`. */
async function runScript(src: string): Promise<void> {
  Object.defineProperty(document, 'currentScript', { configurable: true, value: { src } });
  const entry = `../../../src/testing/izipay/script.ts?run=${++runs}`;
  await import(entry);
  Reflect.deleteProperty(document, 'currentScript');
}

describe("the entry of the Izipay stand-in's script", () => {
  for (const environment of ['test', 'sandbox', 'production'] as const) {
    it(`of ${environment} works for its own environment, at its own path`, async () => {
      const { host } = new URL(hosts[environment].checkout);
      await runScript(`${location.origin}/nested/stand-in/${host}${scriptPath}?mode=redirect`);
      const render = { typeForm: 'pop-up' };
      const checkout = new page.Izipay!({ config: configFor({ render }) });
      await checkout.LoadForm({ authorization: 'opaque', keyRSA: 'RSA' });
      await until(() => asked.length > 0, 'a request');
      expect(asked).to.deep.equal([`${location.origin}/nested/stand-in/${host}/payments/v1/stand-in/session`]);
      document.body.style.overflow = '';
    });
  }

  it('prepares its frame as its query says', async () => {
    await runScript(`${location.origin}/stand-in/checkout.izipay.pe${scriptPath}?pay-checkout-try=2`);
    await clock.tickAsync(100);
    expect(document.getElementById('izipay-checkout-web')?.parentElement).to.equal(document.body);
  });
});
