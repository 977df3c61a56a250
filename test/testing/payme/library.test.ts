import { expect } from '@open-wc/testing';
import { spy, type SinonFakeTimers, type SinonSpy } from 'sinon';
import { hosts } from '../../../src/providers/payme/contract.js';
import { createPaymeApi, type PaymeApi } from '../../../src/testing/payme/api.js';
import { paymeCards } from '../../../src/testing/payme/cards.js';
import { createFlexLibrary, type FlexLibraryOptions, type FlexPaymentFormsConstructor } from '../../../src/testing/payme/library.js';
import { payWithCard } from '../../../src/testing/pay-with-card.js';
import { flexStyles } from '../../../src/testing/payme/styles.js';
import type { FlexOptions, FlexPaymentForms, FlexResponse } from '../../../src/testing/payme/types.js';
import { fakeClock, pass, until as untilSo } from '../../support/clock.js';
import { settled } from '../../support/work.js';
import { nonce, payload } from './support.js';

const { sandbox } = hosts;

let api: PaymeApi;
let Library: FlexPaymentFormsConstructor;
let place: HTMLElement;
let clock: SinonFakeTimers;
let onResponse: SinonSpy<[FlexResponse]>;
let onTracking: SinonSpy;
let onError: SinonSpy;

beforeEach(() => {
  clock = fakeClock(Date.UTC(2026, 2, 26));
  api = createPaymeApi();
  Library = createLibrary();
  place = document.createElement('div');
  document.body.append(place);
  [onResponse, onTracking, onError] = [spy() as typeof onResponse, spy(), spy()];
});

afterEach(() => {
  clock.restore();
  place.remove();
});

const createLibrary = (options: Partial<FlexLibraryOptions> = {}) => createFlexLibrary({ fetch: api.fetch, ...options });
const part = (selector: string): HTMLElement | null => place.querySelector(selector);
const requestsTo = (path: string): number => api.requests.filter(({ url }) => new URL(url).pathname === path).length;
const isWaiting = (): boolean => part('.loading-overlay.is-loading:not([hidden])') !== null;
const methods = (...names: string[]) => ({ display_settings: { methods: names } });
const withoutResultScreen = { settings: { display_result_screen: false } };

/** Waits without advancing the clock. */
const until = (isSo: () => boolean, what: string) => untilSo(isSo, what, 0);
const drawn = (selector: string) => until(() => part(selector) !== null, selector);

async function optionsWith(changes: Partial<FlexOptions> = {}): Promise<FlexOptions> {
  return { nonce: await nonce(api.fetch), payload: structuredClone(payload), ...methods('CARD'), ...changes };
}

async function begin(changes?: Partial<FlexOptions>): Promise<FlexPaymentForms> {
  const form = new Library(await optionsWith(changes));
  form.init(place, onResponse, onTracking, onError);
  clock.tick(0);
  return form;
}

async function open(changes?: Partial<FlexOptions>): Promise<FlexPaymentForms> {
  const form = await begin(changes);
  await drawn('.payment-method-wrapper');
  return form;
}

/** Runs every timer of the next hour. */
const anHour = () => pass(3_600_000);

async function paid(number: string): Promise<FlexResponse> {
  payWithCard(place, number);
  await until(() => onResponse.called, 'a report');
  return onResponse.lastCall.args[0];
}

async function polled(milliseconds: number): Promise<void> {
  const before = requestsTo('/flex-capture/consult');
  clock.tick(milliseconds);
  await until(() => requestsTo('/flex-capture/consult') > before, 'a question after it');
  await settled();
}

describe('createFlexLibrary: the constructor', () => {
  it('makes no request and renders nothing', async () => {
    const options = await optionsWith();
    const before = api.requests.length;
    new Library(options);
    await anHour();
    expect([api.requests.length - before, place.childNodes.length]).to.deep.equal([0, 0]);
  });

  it('writes its default settings into the options object', async () => {
    const options = await optionsWith({ settings: { show_border: true } });
    new Library(options);
    expect(options.settings).to.deep.equal({ display_result_screen: true, show_close_button: true, show_border: true });
  });

  it('throws a TypeError for a frozen object and for a missing one', async () => {
    const frozen = Object.freeze(await optionsWith());
    expect(() => new Library(frozen)).to.throw(TypeError);
    expect(() => new Library(undefined as unknown as FlexOptions)).to.throw(TypeError);
  });

  it('logs its options to the console only when logging is on', async () => {
    const { log } = console;
    const logged = (console.log = spy());
    try {
      new Library(await optionsWith());
      expect(logged.called).to.equal(false);
      const Logging = createLibrary({ logs: true });
      const options = await optionsWith();
      new Logging(options);
      expect(logged.calledOnceWithExactly(options)).to.equal(true);
    } finally {
      console.log = log;
    }
  });

  it('sets window.React only with the option overwritesReact', () => {
    const page = window as { React?: { version: string } };
    expect(page.React).to.equal(undefined);
    createLibrary({ overwritesReact: true });
    expect(page.React?.version).to.equal('18.2.0');
    delete page.React;
  });
});

describe('init', () => {
  it('sends the nonce immediately', async () => {
    const form = new Library(await optionsWith());
    const before = requestsTo('/token');
    form.init(place);
    expect(requestsTo('/token')).to.equal(before + 1);
  });

  it('sends the nonce and then throws for a target that is not an element', async () => {
    for (const target of [null, undefined, '#place']) {
      const form = new Library(await optionsWith());
      const before = requestsTo('/token');
      expect(() => form.init(target as unknown as Element)).to.throw('#299');
      expect(requestsTo('/token')).to.equal(before + 1);
    }
  });

  it('returns with an empty container, then renders a spinner, then the form', async () => {
    const form = new Library(await optionsWith());
    form.init(place);
    expect(place.childNodes.length).to.equal(0);
    clock.tick(0);
    expect(part('.payment-gateway-ui > .loading-overlay.is-loading')).not.to.equal(null);
    expect(part('.payment-method-wrapper, input, button, [tabindex]')).to.equal(null);
    await drawn('.payment-gateway-ui > .payment-gateway-container > .payment-method-wrapper');
    expect(part('.is-loading')).to.equal(null);
  });

  it('renders plain inputs without an iframe, a shadow root or a form element', async () => {
    await open();
    expect(place.querySelectorAll('input')).to.have.length(4);
    expect(part('iframe, form, [name]')).to.equal(null);
    expect([...place.querySelectorAll('*')].some((element) => element.shadowRoot)).to.equal(false);
  });

  it('renders the form in a detached element', async () => {
    place.remove();
    await open();
    expect(part('input')).not.to.equal(null);
  });

  it('sends the nonce twice when it is called twice', async () => {
    const form = new Library(await optionsWith());
    const before = requestsTo('/token');
    form.init(place);
    form.init(place);
    expect(requestsTo('/token')).to.equal(before + 2);
  });

  it('uses the compiled-in environment instead of the one in the nonce', async () => {
    Library = createLibrary({ environment: 'production' });
    await begin();
    await anHour();
    expect(isWaiting()).to.equal(true);
    expect(api.requests.at(-1)?.url).to.equal(`${hosts.production.auth}/token`);
  });
});

describe('createFlexLibrary: a form that cannot open', () => {
  const silent = async (): Promise<void> => {
    await begin();
    await anHour();
    expect(isWaiting(), 'the spinner').to.equal(true);
    expect(part('.payment-method-wrapper')).to.equal(null);
    expect([onResponse, onTracking, onError].some((callback) => callback.called)).to.equal(false);
  };

  it('keeps its spinner and invokes no callback when the nonce is refused', async () => {
    api.faults.deadNonces = true;
    await silent();
  });

  it('keeps its spinner and invokes no callback when the nonce is already redeemed', async () => {
    const options = await optionsWith();
    new Library({ ...options }).init(document.createElement('div'));
    new Library(options).init(place, onResponse, onTracking, onError);
    clock.tick(0);
    await anHour();
    expect([isWaiting(), onResponse.called, onError.called]).to.deep.equal([true, false, false]);
  });

  for (const fault of [500, 'hang', 'drop', 'html', 'empty'] as const) {
    it(`keeps its spinner and invokes no callback when the token or session request fails with ${fault}`, async () => {
      api.faults.redeem = fault;
      await silent();
      api.faults.redeem = undefined;
      api.faults.session = fault;
      await silent();
    });
  }

  it('keeps its spinner and invokes no callback when the payment request loses its connection', async () => {
    api.faults.submit = 'drop';
    await open(withoutResultScreen);
    payWithCard(place, paymeCards.approved);
    await anHour();
    expect([isWaiting(), onResponse.called, onError.called]).to.deep.equal([true, false, false]);
  });
});

describe('terminate', () => {
  it('empties the container and does not throw when it is called again', async () => {
    const form = await open();
    form.terminate();
    expect(place.childNodes.length).to.equal(0);
    expect(() => form.terminate()).not.to.throw();
  });

  it('throws when init has not run', async () => {
    const form = new Library(await optionsWith());
    expect(() => form.terminate()).to.throw(TypeError);
  });

  it('throws a NotFoundError when the container is already empty', async () => {
    const form = await open();
    place.replaceChildren();
    expect(() => form.terminate())
      .to.throw(DOMException)
      .with.property('name', 'NotFoundError');
  });

  it('prevents rendering when it runs before the first render', async () => {
    const form = new Library(await optionsWith());
    form.init(place);
    form.terminate();
    await anHour();
    expect(place.childNodes.length).to.equal(0);
  });

  it('lets a new instance use the container', async () => {
    (await open()).terminate();
    await open();
    expect(part('input')).not.to.equal(null);
  });

  it('keeps polling and reports a late outcome', async () => {
    const form = await open({ ...withoutResultScreen, ...methods('QR') });
    part('.payment-method-wrapper button')?.click();
    await until(() => onResponse.calledOnce, 'the pending payment');
    form.terminate();
    api.settle('100200300', 'AUTORIZADO');
    await polled(700);
    expect(onResponse.lastCall.args[0].transaction.state).to.equal('AUTORIZADO');
  });
});

describe('createFlexLibrary without a result screen', () => {
  it('reports an approval once and keeps the spinner', async () => {
    await open(withoutResultScreen);
    const response = await paid(paymeCards.approved);
    expect(response.transaction.state).to.equal('AUTORIZADO');
    await anHour();
    expect([onResponse.callCount, isWaiting()]).to.deep.equal([1, true]);
  });

  it('reports a decline once and keeps the spinner', async () => {
    await open(withoutResultScreen);
    const response = await paid(paymeCards.declined);
    expect([response.transaction.state, response.meta.status.code]).to.deep.equal(['DENEGADO', '00']);
    await anHour();
    expect([onResponse.callCount, isWaiting()]).to.deep.equal([1, true]);
  });

  it('reports an undocumented state once and keeps the spinner', async () => {
    await open(withoutResultScreen);
    expect((await paid(paymeCards.unknown)).transaction.state).to.equal('EN PROCESO');
    await anHour();
    expect([onResponse.callCount, isWaiting()]).to.deep.equal([1, true]);
  });

  it('reports a pending card payment as pending and again once it is declined', async () => {
    await open(withoutResultScreen);
    expect((await paid(paymeCards.declinedLater)).transaction.state).to.equal('PENDIENTE');
    await polled(4000);
    await until(() => onResponse.calledTwice, 'the second report');
    expect(onResponse.lastCall.args[0].transaction.state).to.equal('DENEGADO');
  });

  it('reports a pending card payment as pending and again once it is authorised', async () => {
    await open(withoutResultScreen);
    expect((await paid(paymeCards.pending)).transaction.state).to.equal('PENDIENTE');
    await polled(700);
    expect(onResponse.callCount).to.equal(1);
    await polled(4000);
    await until(() => onResponse.calledTwice, 'the second report');
    expect(onResponse.lastCall.args[0].transaction.state).to.equal('AUTORIZADO');
  });

  it('polls every 700 ms until the payment reaches a final state', async () => {
    await open(withoutResultScreen);
    await paid(paymeCards.expiring);
    clock.tick(699);
    await settled();
    expect(requestsTo('/flex-capture/consult')).to.equal(0);
    await polled(1);
    await polled(120_000);
    expect(onResponse.lastCall.args[0].transaction.state).to.equal('EXPIRADO');
    const asked = requestsTo('/flex-capture/consult');
    await anHour();
    expect(requestsTo('/flex-capture/consult')).to.equal(asked);
  });
});

describe('createFlexLibrary with the default result screen', () => {
  it('reports an approval when the shopper clicks the return button', async () => {
    await open();
    payWithCard(place, paymeCards.approved);
    await drawn('.return-button');
    expect(onResponse.called).to.equal(false);
    part('.return-button')?.click();
    expect(onResponse.lastCall.args[0].transaction.state).to.equal('AUTORIZADO');
  });

  it('reports an approval when the countdown of 10 s ends', async () => {
    await open();
    payWithCard(place, paymeCards.approved);
    await drawn('.return-button');
    clock.tick(9999);
    expect(onResponse.called).to.equal(false);
    clock.tick(1);
    expect(onResponse.callCount).to.equal(1);
  });

  it('reports an approval twice after a click during the countdown', async () => {
    await open();
    payWithCard(place, paymeCards.approved);
    await drawn('.return-button');
    part('.return-button')?.click();
    clock.tick(10_000);
    expect(onResponse.callCount).to.equal(2);
  });

  it('cancels the countdown on terminate', async () => {
    const form = await open();
    payWithCard(place, paymeCards.approved);
    await drawn('.return-button');
    form.terminate();
    await anHour();
    expect(onResponse.called).to.equal(false);
  });

  it('does not ask for another card after an undocumented state', async () => {
    await open();
    payWithCard(place, paymeCards.unknown);
    await anHour();
    expect([onResponse.callCount, isWaiting(), part('[role=alert]')]).to.deep.equal([0, true, null]);
  });

  it('never reports a decline and accepts another card in the same session', async () => {
    await open();
    payWithCard(place, paymeCards.declined);
    await drawn('[role=alert]');
    expect(place.querySelector('input')?.value).to.equal('');
    payWithCard(place, paymeCards.approved);
    await drawn('.return-button');
    await anHour();
    expect(onResponse.args.map(([response]) => response.transaction.state)).to.deep.equal(['AUTORIZADO']);
  });
});

describe('createFlexLibrary: the close button', () => {
  it('reports the error "Cerro el carrito" and keeps the form', async () => {
    await open();
    const close = part('.back-to-merchant');
    expect(close?.localName).to.equal('div');
    close?.click();
    expect(onError.args).to.deep.equal([[{ message: 'Cerro el carrito' }]]);
    expect(part('input')).not.to.equal(null);
  });

  it('is absent when show_close_button is false', async () => {
    await open({ settings: { show_close_button: false } });
    expect(part('.back-to-merchant')).to.equal(null);
  });

  it('does not invoke the tracking callback, and neither does any other action', async () => {
    await open({ ...withoutResultScreen, ...methods('QR', 'CARD') });
    part('.back-to-merchant')?.click();
    part('[data-method=CARD]')?.click();
    await paid(paymeCards.approved);
    expect(onTracking.called).to.equal(false);
  });
});

describe('createFlexLibrary: the payment methods', () => {
  it('show a selector only when there is more than one', async () => {
    const form = await open();
    expect(part('.payment-method, .payment-methods')).to.equal(null);
    form.terminate();
    await open(methods('QR', 'CARD'));
    expect([...place.querySelectorAll('.payment-method')].map((button) => button.textContent)).to.deep.equal(['QR', 'Tarjeta']);
    expect(part('[data-method=QR]')?.getAttribute('aria-pressed')).to.equal('true');
  });

  it('show a QR image, report PENDIENTE and then report the final state', async () => {
    await open({ ...withoutResultScreen, ...methods('QR') });
    part('.payment-method-wrapper button')?.click();
    await drawn('img.payment-qr');
    expect(onResponse.lastCall.args[0].transaction.state).to.equal('PENDIENTE');
    expect(isWaiting()).to.equal(false);
    await polled(4000);
    expect(onResponse.args.map(([response]) => response.transaction.state)).to.deep.equal(['PENDIENTE', 'AUTORIZADO']);
    expect(isWaiting()).to.equal(true);
  });

  it('report a QR payment without the image at the top level of the response', async () => {
    await open({ ...withoutResultScreen, ...methods('QR') });
    part('.payment-method-wrapper button')?.click();
    await until(() => onResponse.called, 'the pending payment');
    expect(onResponse.lastCall.args[0]).to.have.keys(
      'success',
      'action',
      'merchant_code',
      'merchant_operation_number',
      'transaction',
      'meta',
    );
  });

  it('show a payment code for PAGOEFECTIVO and report PENDIENTE', async () => {
    await open({ ...withoutResultScreen, ...methods('PAGOEFECTIVO') });
    part('.payment-method-wrapper button')?.click();
    await drawn('.payment-code');
    expect(part('.payment-code')?.textContent).to.match(/^\d{8}$/);
    expect(onResponse.lastCall.args[0].transaction.state).to.equal('PENDIENTE');
  });
});

describe('createFlexLibrary: the card form', () => {
  it('marks missing and invalid fields and sends no request until all are valid', async () => {
    await open();
    part('button[data-action=pay]')?.click();
    expect(place.querySelectorAll('[aria-invalid=true]')).to.have.length(4);
    payWithCard(place, '4111 1111 1111 1112');
    expect(place.querySelectorAll('[aria-invalid=true]')).to.have.length(1);
    expect(requestsTo('/flex-capture/charges')).to.equal(0);
  });

  it('submits on Enter', async () => {
    await open(withoutResultScreen);
    const press = () => part('input')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    press();
    expect(place.querySelectorAll('[aria-invalid=true]')).to.have.length(4);
  });

  it('groups the digits of the card number and refuses a past month', async () => {
    await open();
    const [number, expiry] = place.querySelectorAll('input');
    write(number, '4111111111111111');
    write(expiry, '0226');
    part('button[data-action=pay]')?.click();
    expect([number?.value, expiry?.value]).to.deep.equal(['4111 1111 1111 1111', '02/26']);
    expect(expiry?.getAttribute('aria-invalid')).to.equal('true');
    write(expiry, '0326');
    part('button[data-action=pay]')?.click();
    expect(expiry?.getAttribute('aria-invalid')).to.equal(null);
  });

  it('shows the amount in the configured language', async () => {
    (await open()).terminate();
    expect(part('.payment-amount')).to.equal(null);
    await open({ i18n: { default_language: 'en' } });
    expect(part('.payment-amount')?.textContent?.replace(/\s/g, ' ')).to.equal('PEN 10.50');
    expect(part('button[data-action=pay]')?.textContent).to.match(/^Pay PEN/);
  });

  it('defaults to Spanish', async () => {
    await open();
    expect(part('.payment-amount')?.textContent?.replace(/\s/g, ' ')).to.equal('S/ 10.50');
    expect(part('label')?.textContent).to.equal('Número de tarjeta');
  });
});

describe('createFlexLibrary: faults', () => {
  it('throws from init after sending the nonce for initThrows and from the constructor for constructorThrows', async () => {
    Library.faults.initThrows = true;
    const form = new Library(await optionsWith());
    const before = requestsTo('/token');
    expect(() => form.init(place)).to.throw('throws, as its faults say');
    expect(requestsTo('/token')).to.equal(before + 1);
    Library.faults.constructorThrows = true;
    const options = await optionsWith();
    expect(() => new Library(options)).to.throw('throws, as its faults say');
  });

  it('keeps the spinner forever for neverReady', async () => {
    Library.faults.neverReady = true;
    await begin();
    await anHour();
    expect([isWaiting(), requestsTo('/flex-capture/flex-session')]).to.deep.equal([true, 1]);
  });

  it('renders nothing and can be terminated for empty', async () => {
    Library.faults.empty = true;
    const form = await begin();
    await anHour();
    expect(place.childNodes.length).to.equal(0);
    expect(() => form.terminate()).not.to.throw();
  });

  it('renders a working form without any known class name for renamedClasses', async () => {
    Library.faults.renamedClasses = true;
    await begin(withoutResultScreen);
    await drawn('input');
    expect(part('.payment-gateway-ui, .payment-gateway-container, .loading-overlay, .payment-method-wrapper, .back-to-merchant')).to.equal(
      null,
    );
    expect((await paid(paymeCards.approved)).transaction.state).to.equal('AUTORIZADO');
  });

  it('reports a decline once, and an approval twice followed by a close, for talksOn', async () => {
    Library.faults.talksOn = true;
    await open(withoutResultScreen);
    await paid(paymeCards.declined);
    expect([onResponse.callCount, onError.callCount]).to.deep.equal([1, 0]);
    payWithCard(place, paymeCards.approved);
    await until(() => onError.called, 'the close');
    expect(onResponse.args.map(([{ transaction }]) => transaction.state)).to.deep.equal(['DENEGADO', 'AUTORIZADO', 'AUTORIZADO']);
    expect(onError.args).to.deep.equal([[{ message: 'Cerro el carrito' }]]);
  });

  it('delays the form for slow', async () => {
    Library.faults.slow = 5000;
    await begin();
    await until(() => requestsTo('/flex-capture/flex-session') === 1, 'the session');
    await settled();
    clock.tick(4999);
    await settled();
    expect(part('input')).to.equal(null);
    clock.tick(1);
    await drawn('input');
  });
});

describe('createFlexLibrary: the form on the page', () => {
  let sheet: CSSStyleSheet;

  beforeEach(() => {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(flexStyles);
    document.adoptedStyleSheets.push(sheet);
  });

  afterEach(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  });

  it('is 415 × 656 px in a wide container, also while it loads', async () => {
    place.style.width = '800px';
    await begin();
    const loading = part('.payment-gateway-ui')?.getBoundingClientRect();
    expect([loading?.width, loading?.height]).to.deep.equal([415, 656]);
    await drawn('input');
    const { width, height } = part('.payment-gateway-ui')?.getBoundingClientRect() ?? {};
    expect([width, height]).to.deep.equal([415, 656]);
  });

  it('fits a container of 280 px without overflowing', async () => {
    place.style.width = '280px';
    await open(methods('CARD', 'YAPE', 'QR', 'BANK_TRANSFER', 'CUOTEALO', 'PAGOEFECTIVO'));
    expect(part('.payment-gateway-ui')?.getBoundingClientRect().width).to.equal(280);
    expect(part('.payment-gateway-ui')?.scrollWidth).to.be.at.most(280);
  });

  for (const scheme of ['light', 'dark']) {
    it(`is accessible in the ${scheme} colour scheme`, async () => {
      clock.restore();
      place.style.colorScheme = scheme;
      place.style.background = 'Canvas';
      const form = new Library(await optionsWith(methods('CARD', 'QR')));
      form.init(place);
      await drawn('input');
      part('button[data-action=pay]')?.click();
      await expect(place).to.be.accessible();
    });
  }

  it('sends its requests to the sandbox hosts', async () => {
    await open();
    expect(api.requests.slice(-2).map(({ url }) => url)).to.deep.equal([
      `${sandbox.auth}/token`,
      `${sandbox.capture}/flex-capture/flex-session`,
    ]);
  });
});

function write(input: HTMLInputElement | undefined, text: string): void {
  if (!input) return;
  input.value = text;
  input.dispatchEvent(new Event('input'));
}
