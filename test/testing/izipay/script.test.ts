import { expect } from '@open-wc/testing';
import type { SinonFakeTimers } from 'sinon';
import { hosts, scriptPath } from '../../../src/providers/izipay/contract.js';
import type { IzipayConstructor } from '../../../src/testing.js';
import { answerPage, runScript } from '../classic-script.js';
import { configFor } from './support.js';
import { fakeClock, until } from '../../support/clock.js';

const page = window as { Izipay?: IzipayConstructor; iziCheckout?: IzipayConstructor };
let clock: SinonFakeTimers;
let backend: ReturnType<typeof answerPage>;

beforeEach(() => {
  clock = fakeClock();
  backend = answerPage();
});

afterEach(() => {
  clock.restore();
  backend.restore();
  document.getElementById('izipay-checkout-web')?.remove();
  delete page.Izipay;
  delete page.iziCheckout;
});

describe('Izipay script', () => {
  for (const environment of ['test', 'sandbox', 'production'] as const) {
    it(`sends the requests of ${environment} to its own host below its own path`, async () => {
      const { host } = new URL(hosts[environment].checkout);
      await runScript('izipay', `${location.origin}/nested/stand-in/${host}${scriptPath}?mode=redirect`);
      const render = { typeForm: 'pop-up' };
      const checkout = new page.Izipay!({ config: configFor({ render }) });
      await checkout.LoadForm({ authorization: 'opaque', keyRSA: 'RSA' });
      await until(() => backend.asked.length > 0, 'a request');
      expect(backend.asked).to.deep.equal([`${location.origin}/nested/stand-in/${host}/payments/v1/stand-in/session`]);
      document.body.style.overflow = '';
    });
  }

  it('appends its iframe to the body when its query has no mode', async () => {
    await runScript('izipay', `${location.origin}/stand-in/checkout.izipay.pe${scriptPath}?pay-checkout-try=2`);
    await clock.tickAsync(100);
    expect(document.getElementById('izipay-checkout-web')?.parentElement).to.equal(document.body);
  });
});
