import { expect } from '@open-wc/testing';
import { spy, type SinonFakeTimers } from 'sinon';
import { apiPath, pageHosts, scriptPath } from '../../../src/providers/micuentaweb/contract.js';
import { createMicuentawebApi } from '../../../src/testing/micuentaweb/api.js';
import { createFormToken } from '../../../src/testing/micuentaweb/form-token.js';
import { evaluate } from '../../../src/testing/micuentaweb/evaluate.js';
import type { Krypton } from '../../../src/testing/micuentaweb/types.js';
import { micuentaweb } from '../../../src/testing/micuentaweb/index.js';
import { sampleAccount } from '../../../src/testing/micuentaweb/sample-account.js';
import { payWithCard } from '../../../src/testing/pay-with-card.js';
import { runScript } from '../classic-script.js';
import { fakeClock, until } from '../../support/clock.js';

const page = window as { KR?: Krypton; KR_CLIENT_LOADED?: boolean };
let clock: SinonFakeTimers;
let onerror: typeof window.onerror;
let onunhandledrejection: typeof window.onunhandledrejection;

beforeEach(() => {
  clock = fakeClock();
  ({ onerror, onunhandledrejection } = window);
});

afterEach(() => {
  clock.restore();
  Object.assign(window, { onerror, onunhandledrejection });
  for (const element of document.querySelectorAll('.kr-app-container, #krcheckout')) element.remove();
  delete page.KR;
  delete page.KR_CLIENT_LOADED;
});

describe('micuentaweb script', () => {
  it('sends its requests to the API of the token, below its own path', async () => {
    const asked: string[] = [];
    const { fetch } = window;
    window.fetch = (input) => {
      asked.push(new Request(input).url);
      return Promise.resolve(Response.json({}));
    };
    await runScript('micuentaweb', `${location.origin}/nested/stand-in/${new URL(pageHosts.payzen).host}${scriptPath}?try=2`);
    const KR = page.KR!;
    const box = Object.assign(document.createElement('div'), { id: 'box' });
    box.innerHTML =
      '<div class="kr-embedded"><div class="kr-pan"></div><div class="kr-expiry"></div><div class="kr-security-code"></div><button class="kr-payment-button"></button></div>';
    document.body.append(box);
    const ready = spy();
    await KR.onFormReady(ready);
    const formToken = createFormToken('micuentaweb', { amount: 180, currency: 'PEN', mode: 'TEST', orderId: 'A-1' });
    void KR.setFormConfig({ formToken, publicKey: sampleAccount.publicKey }).then(() => KR.attachForm('#box'));
    await until(() => ready.called, 'onFormReady');
    payWithCard(box, '4970100000000055');
    await until(() => asked.length > 0, 'a request');
    expect(asked).to.deep.equal([`${location.origin}/nested/stand-in/api.micuentaweb.pe${apiPath}Charge/Public/ProcessPayment`]);
    window.fetch = fetch;
    box.remove();
  });
});

describe('evaluate', () => {
  const { fetch } = createMicuentawebApi();

  it('sets window.KR, which is ready, and adds an element to the body', () => {
    evaluate({ fetch });
    expect(page.KR!.ready).to.equal(true);
    expect(document.querySelectorAll('body > .kr-app-container')).to.have.length(1);
  });

  it('runs in the head, and adds its element when there is a body', () => {
    Object.defineProperty(document, 'readyState', { configurable: true, value: 'loading' });
    evaluate({ fetch });
    expect(document.querySelector('.kr-app-container')).to.equal(null);
    delete (document as { readyState?: unknown }).readyState;
    document.dispatchEvent(new Event('DOMContentLoaded'));
    expect(document.querySelectorAll('body > .kr-app-container')).to.have.length(1);
  });

  it('sets another object and adds a second element when it runs again', () => {
    evaluate({ fetch });
    const first = page.KR;
    evaluate({ fetch });
    expect(page.KR === first).to.equal(false);
    expect(document.querySelectorAll('.kr-app-container')).to.have.length(2);
  });

  it('replaces window.onerror and window.onunhandledrejection by handlers that call the earlier ones', () => {
    const [failed, rejected] = [spy(), spy()];
    Object.assign(window, { onerror: failed, onunhandledrejection: rejected });
    evaluate({ fetch });
    expect(window.onerror === (failed as unknown)).to.equal(false);
    window.onerror?.('message');
    window.onunhandledrejection?.(new PromiseRejectionEvent('unhandledrejection', { promise: Promise.resolve(), reason: 1 }));
    expect([failed.callCount, rejected.callCount]).to.deep.equal([1, 1]);
  });
});

describe('the stand-in of micuentaweb', () => {
  it('installs the library, and restores the global of the page', () => {
    const { install } = micuentaweb;
    const own = { ready: true } as Krypton;
    page.KR = own;
    const restore = install({ fetch: createMicuentawebApi().fetch, faults: {} });
    expect(page.KR === own).to.equal(false);
    restore();
    expect(page.KR === own).to.equal(true);
  });
});
