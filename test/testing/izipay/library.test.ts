import { expect } from '@open-wc/testing';
import { spy, type SinonFakeTimers, type SinonSpy } from 'sinon';
import { hosts, scriptPath } from '../../../src/providers/izipay/contract.js';
import { createIzipayApi, type IzipayApi } from '../../../src/testing/izipay/api.js';
import { izipayCards } from '../../../src/testing/izipay/cards.js';
import { evaluate } from '../../../src/testing/izipay/evaluate.js';
import { createIzipayLibrary, type IzipayConstructor } from '../../../src/testing/izipay/library.js';
import type { IzipayCheckout, IzipayResponse } from '../../../src/testing/izipay/types.js';
import { payWithCard } from '../../../src/testing/pay-with-card.js';
import { fakeClock, pass, until } from '../../support/clock.js';
import { configFor, token } from './support.js';

type Json = Record<string, unknown>;
const frameId = 'izipay-checkout-web';
const page = window as { Izipay?: IzipayConstructor; iziCheckout?: IzipayConstructor };
const src = `${hosts.test.checkout}${scriptPath}`;

let api: IzipayApi;
let Library: IzipayConstructor;
let place: HTMLElement;
let clock: SinonFakeTimers;
let callback: SinonSpy<[IzipayResponse]>;
let transactions = 1_000_000;

beforeEach(() => {
  clock = fakeClock();
  api = createIzipayApi();
  Library = createIzipayLibrary({ fetch: api.fetch });
  place = Object.assign(document.createElement('div'), { id: 'box' });
  document.body.append(place);
  callback = spy() as typeof callback;
});

afterEach(() => {
  place.remove();
  frame()?.remove();
  document.body.style.overflow = '';
  delete page.Izipay;
  delete page.iziCheckout;
  clock.restore();
});

const frame = (): HTMLIFrameElement | null => document.querySelector<HTMLIFrameElement>(`iframe#${frameId}`);
const inside = (selector: string): HTMLElement | null => frame()?.contentDocument?.querySelector<HTMLElement>(selector) ?? null;
const isDrawn = (): boolean => inside('input[autocomplete="cc-number"]') !== null;
const embedded = { render: { typeForm: 'embedded', container: '#box' } };
const popUp = { render: { typeForm: 'pop-up' } };

/** Runs every timer of the next 20 s. */
const nothingComes = () => pass(20_000);

interface Begun {
  readonly checkout: IzipayCheckout;
  readonly loaded: Promise<void>;
  readonly ready: SinonSpy;
}

/** Calls `LoadForm` with a new token and then `onReady`, as the documentation's samples do. */
async function begin(changes: Json = embedded, listener: (response: IzipayResponse) => void = callback): Promise<Begun> {
  const transactionId = String(++transactions);
  const authorization = await token(api.fetch, transactionId);
  const checkout = new Library({ config: configFor({ transactionId, ...changes }) });
  const loaded = checkout.LoadForm({ authorization, keyRSA: 'RSA', callbackResponse: listener });
  const ready = spy();
  checkout.onReady?.(ready);
  return { checkout, loaded, ready };
}

async function open(changes?: Json, listener?: (response: IzipayResponse) => void): Promise<Begun> {
  const begun = await begin(changes, listener);
  await until(isDrawn, 'the form');
  return begun;
}

async function paid(pan: string): Promise<IzipayResponse> {
  payWithCard(document, pan);
  await until(() => callback.called, 'a result');
  return callback.lastCall.args[0];
}

function thrown(config: unknown): Error & { Errors?: Json; date?: string } {
  try {
    new Library({ config: config as object });
  } catch (error) {
    return error as Error;
  }
  return expect.fail('it should have thrown');
}

describe('evaluate', () => {
  const run = (query = '') => evaluate(`${src}${query}`, { fetch: api.fetch });

  it('sets one class under two global names and throws when it is called without new', () => {
    run();
    expect(page.Izipay).to.equal(page.iziCheckout);
    expect(Object.isFrozen(page.Izipay!.enums)).to.equal(true);
    expect(() => (page.Izipay as unknown as () => void)()).to.throw(TypeError);
  });

  it('sets window.onload to null', () => {
    window.onload = () => {};
    run();
    expect(window.onload).to.equal(null);
  });

  it('sets a new class when it runs again', () => {
    run();
    const first = page.Izipay;
    run();
    expect(page.Izipay).to.not.equal(first);
  });

  it('appends an iframe without a size to the body after 100 ms', async () => {
    run();
    await clock.tickAsync(99);
    expect(frame()).to.equal(null);
    await clock.tickAsync(1);
    expect([frame()!.parentElement, frame()!.clientWidth]).to.deep.equal([document.body, 0]);
  });

  it('empties the container and appends its iframe there with mode=embedded', async () => {
    place.append('text');
    run('?mode=embedded&container=box');
    await clock.tickAsync(100);
    expect([place.textContent, frame()!.parentElement]).to.deep.equal(['', place]);
  });

  it('appends no iframe with any other mode', async () => {
    run('?mode=redirect');
    await nothingComes();
    expect(frame()).to.equal(null);
  });

  for (const [wait, isLost] of [
    [0, true],
    [50, true],
    [90, true],
    [150, false],
    [400, false],
  ] as const) {
    it(`${isLost ? 'drops' : 'opens'} a form that loads ${wait} ms after it and reports no result`, async () => {
      run();
      Library = page.Izipay!;
      await clock.tickAsync(wait);
      const { loaded, ready } = await begin();
      await loaded;
      if (!isLost) await until(() => ready.called, 'onReady');
      await nothingComes();
      expect([isDrawn(), ready.called]).to.deep.equal([!isLost, !isLost]);
      expect(callback.called).to.equal(false);
      expect(place.childElementCount).to.equal(isLost ? 0 : 1);
    });
  }

  it('opens a form immediately with mode=redirect', async () => {
    run('?mode=redirect');
    Library = page.Izipay!;
    await open();
  });
});

describe('createIzipayLibrary: the constructor', () => {
  it('accepts a config and throws for a config nested in another', () => {
    new Library({ config: configFor(embedded) });
    expect(thrown({ config: configFor(embedded) }).message).to.contain('transactionId');
  });

  for (const path of ['transactionId', 'action', 'merchantCode']) {
    it(`throws an error that names ${path} when it is missing`, () => {
      const error = thrown(configFor({ ...embedded, [path]: '' }));
      expect(error).to.include({ name: 'CustomError' });
      expect(error.Errors!.entryData).to.have.property(path);
      expect(error.date).to.be.a('string');
    });
  }
  for (const path of ['orderNumber', 'amount', 'processType', 'merchantBuyerId', 'dateTimeTransaction']) {
    it(`throws an error that names order.${path} when it is missing`, () => {
      expect(thrown(configFor(embedded, { [path]: undefined })).Errors!.entryData).to.have.property(`order.${path}`);
    });
  }

  it('throws for an unknown property at any depth', () => {
    expect(thrown(configFor({ ...embedded, publicKey: 'x' })).Errors).to.deep.include({ invalidProperties: ['publicKey'] });
    expect(thrown(configFor(embedded, { installment: '01' })).Errors).to.deep.include({ invalidProperties: ['installment'] });
    expect(thrown(configFor({ ...embedded, customFields: [{ name: 'a', value: 'b' }] })).Errors).to.have.property('invalidProperties');
  });

  for (const amount of ['1,234.50', '0.00', '1000000', '-1', '']) {
    it(`throws for the amount "${amount}"`, () => {
      expect(thrown(configFor(embedded, { amount })).Errors!.entryData).to.have.property('order.amount');
    });
  }

  it('accepts an amount of 0 to register a card and a numeric amount', () => {
    new Library({ config: configFor({ ...embedded, action: 'register' }, { amount: '0.00' }) });
    new Library({ config: configFor(embedded, { amount: 15 }) });
  });

  it('throws for a container that is a bare id, missing or in a shadow root', () => {
    const host = document.createElement('div');
    host.attachShadow({ mode: 'open' }).append(Object.assign(document.createElement('p'), { id: 'deep' }));
    place.append(host);
    for (const container of ['box', '#nowhere', '#deep', '[id="box"]', '#']) {
      expect(thrown(configFor({ render: { typeForm: 'embedded', container } })).name, container).to.equal('CustomError');
    }
  });

  it('throws a SyntaxError without `Errors` for an element as the container and for no container', () => {
    for (const container of [place, undefined]) {
      const error = thrown(configFor({ render: { typeForm: 'embedded', container } }));
      expect([error.name, 'Errors' in error]).to.deep.equal(['SyntaxError', false]);
    }
  });

  it('throws for a redirect without a success URL', () => {
    expect(thrown(configFor({ render: { typeForm: 'redirect' } })).Errors!.entryData).to.have.property('render.redirectUrls.onSuccess');
  });

  it('makes no request and does not change its config', async () => {
    const config = configFor({ ...embedded, billing: { email: 'a+b@x.pe' } });
    const before = structuredClone(config);
    new Library({ config });
    await nothingComes();
    expect(config).to.deep.equal(before);
    expect([api.requests.length, place.childElementCount]).to.deep.equal([0, 0]);
  });

  it('removes the characters #, + and & from values without an error', async () => {
    const transactionId = String(++transactions);
    const authorization = await token(api.fetch, transactionId);
    const checkout = new Library({ config: configFor({ ...embedded, transactionId: `${transactionId}#+&` }) });
    await checkout.LoadForm({ authorization, keyRSA: 'RSA', callbackResponse: callback });
    await until(isDrawn, 'the form');
  });
});

describe('LoadForm', () => {
  for (const lacking of ['authorization', 'keyRSA']) {
    it(`rejects without ${lacking} and does not throw`, async () => {
      const checkout = new Library({ config: configFor(embedded) });
      const loading = checkout.LoadForm({ authorization: 'x', keyRSA: 'RSA', [lacking]: ' ' });
      expect(await loading.catch((error: Error) => error.name)).to.equal('CustomError');
    });
  }

  it('resolves when the iframe is appended, before the form is ready', async () => {
    const { loaded, ready } = await begin();
    await loaded;
    expect([frame()!.parentElement, ready.called, isDrawn()]).to.deep.equal([place, false, false]);
    await until(() => ready.called, 'onReady');
  });

  it('creates a lazy iframe with its id and name, the payment permission and no sandbox', async () => {
    await open();
    const { id, name, allow, loading } = frame()!;
    expect({ id, name, allow, loading }).to.deep.equal({ id: frameId, name: frameId, allow: 'payment *; autoplay', loading: 'lazy' });
    expect(frame()!.hasAttribute('sandbox')).to.equal(false);
  });

  it('empties its container through innerHTML and overwrites its style, again on every resize', async () => {
    place.append('text');
    place.setAttribute('style', 'color: red');
    const emptied = spy();
    Object.defineProperty(place, 'innerHTML', { set: emptied });
    await begin();
    expect(emptied.calledOnceWithExactly('')).to.equal(true);
    expect(place.style.cssText).to.contain('min-height: 420px').and.not.contain('red');
    place.setAttribute('style', 'color: red');
    window.dispatchEvent(new Event('resize'));
    expect(place.style.color).to.equal('');
  });

  it('opens the form in a light-DOM child that is slotted into a shadow root', async () => {
    const host = document.createElement('div');
    host.attachShadow({ mode: 'open' }).append(document.createElement('slot'));
    document.body.append(host);
    host.append(place);
    await open();
    host.remove();
  });

  it('does not load the form in a hidden container until the container is shown', async () => {
    place.hidden = true;
    const observed = await begin({ render: { typeForm: 'embedded', container: '#box' } });
    await nothingComes();
    expect([observed.ready.called, isDrawn()]).to.deep.equal([false, false]);
    place.hidden = false;
    await until(() => observed.ready.called, 'onReady once it is shown');
  });

  it('keeps form.events null until the form is ready', async () => {
    const { checkout, loaded, ready } = await begin();
    await loaded;
    expect(checkout.form).to.deep.equal({ events: null });
    await until(() => ready.called, 'onReady');
    expect(checkout.form!.events).to.have.all.keys('open', 'close', 'response', 'submit');
  });

  it('lets the page submit the form once it is ready', async () => {
    const { checkout, ready } = await open();
    await until(() => ready.called, 'onReady');
    const submitted = spy();
    checkout.onSubmit!(submitted);
    for (const [part, text] of Object.entries({ number: izipayCards.approved, exp: '12/49', csc: '123', name: 'Ana Prueba' })) {
      (inside(`input[autocomplete="cc-${part}"]`) as HTMLInputElement).value = text;
    }
    checkout.form!.events!.submit();
    await until(() => callback.called, 'a result');
    expect([submitted.callCount, callback.firstCall.args[0].code]).to.deep.equal([1, '00']);
  });

  it('reports COMMUNICATION_ERROR for a failed payment request and P02 for a failed session request', async () => {
    api.faults.charge = 503;
    await open();
    expect(await paid(izipayCards.approved)).to.include({ code: 'COMMUNICATION_ERROR' });
    api.faults.session = 503;
    await begin();
    await until(() => callback.callCount > 1, 'an error');
    expect(callback.lastCall.args[0]).to.include({ code: 'P02' });
  });

  it('offers a saved card without a form for its number', async () => {
    await open({ ...embedded, action: 'pay_register' });
    const { response } = await paid(izipayCards.approved);
    const { cardToken } = response!.token as { cardToken: string };
    callback.resetHistory();
    await begin({ ...embedded, action: 'pay_token', token: { cardToken } });
    const button = () => inside('[data-action="pay"]');
    await until(() => button()?.textContent?.includes('411111******1111') ?? false, 'the saved card');
    expect(isDrawn()).to.equal(false);
    button()!.click();
    await until(() => callback.called, 'a result');
    expect(callback.lastCall.args[0]).to.include({ code: '00' });
  });

  it('renders one form per page', async () => {
    await open();
    await open();
    expect(document.querySelectorAll(`#${frameId}`)).to.have.length(1);
  });

  it('reloads the form with the spent token and reports A02 when its container is moved', async () => {
    await open();
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(place);
    expect(isDrawn()).to.equal(false);
    await until(() => callback.called, 'an error');
    expect(callback.firstCall.args[0]).to.include({ code: 'A02' }).and.not.have.property('signature');
    elsewhere.remove();
  });

  it('leaves the page for a redirect and provides no listener methods', async () => {
    const leave = spy();
    Library = createIzipayLibrary({ fetch: api.fetch, leave });
    const { checkout } = await begin({ render: { typeForm: 'redirect', redirectUrls: { onSuccess: 'https://shop.example.com/' } } });
    expect(leave.calledOnce).to.equal(true);
    expect(checkout.onReady).to.equal(undefined);
    expect(frame()).to.equal(null);
  });
});

describe('createIzipayLibrary: a pop-up', () => {
  it('covers the page and prevents it from scrolling', async () => {
    await open(popUp);
    expect(frame()!.parentElement).to.equal(document.body);
    expect([frame()!.clientWidth, frame()!.style.zIndex]).to.deep.equal([innerWidth, '9999999']);
    expect(document.body.style.overflow).to.equal('hidden');
  });

  it('reports P54 and leaves `overflow: hidden auto` when the shopper closes it, and reports nothing and leaves `hidden` when the page does', async () => {
    await open(popUp);
    inside('[data-action="close"]')!.click();
    expect(document.body.style.overflow).to.equal('hidden auto');
    expect(callback.firstCall.args[0]).to.include({ code: 'P54' });
    const { checkout, ready } = await open(popUp);
    await until(() => ready.called, 'onReady');
    checkout.form!.events!.close();
    expect([document.body.style.overflow, frame(), callback.callCount]).to.deep.equal(['hidden', null, 1]);
  });
});

describe('createIzipayLibrary: a result', () => {
  it('is signed for an approval and keeps the iframe', async () => {
    await open();
    const result = await paid(izipayCards.approved);
    expect(result).to.include({ code: '00' });
    expect(result.payloadHttp).to.be.a('string');
    expect(result.signature).to.be.a('string');
    expect(frame()).to.not.equal(null);
  });

  it('is signed for a decline', async () => {
    await open();
    const result = await paid(izipayCards.declined);
    expect([result.code, typeof result.signature]).to.deep.equal(['T05', 'string']);
  });

  it('is COMMUNICATION_ERROR without a signature for an undecided payment and removes the iframe', async () => {
    await open();
    const result = await paid(izipayCards.undecided);
    expect(result).to.include({ code: 'COMMUNICATION_ERROR' }).and.not.have.property('signature');
    expect(frame()).to.equal(null);
  });

  it('has an empty code for inactivity and also reaches onSessionTimeout', async () => {
    const { checkout } = await open();
    const timedOut = spy();
    checkout.onSessionTimeout!(timedOut);
    await paid(izipayCards.inactive);
    expect([callback.firstCall.args[0].code, timedOut.callCount, frame()]).to.deep.equal(['', 1, null]);
  });

  it('reaches the callback once per message type', async () => {
    await open();
    const keys = ['IZIPAY_EVENT_RESPONSE', 'IZIPAY_EVENT_RESPONSE_ERROR', 'IZIPAY_EVENT_INACTIVITY', 'IZIPAY_EVENT_CLOSE'];
    for (const key of [...keys, ...keys]) spoof(key);
    expect(callback.callCount).to.equal(4);
  });

  it('is accepted from any origin and blocks the real result', async () => {
    await open();
    spoof('IZIPAY_EVENT_RESPONSE', { code: '00' }, 'https://ads.example.com');
    expect(callback.calledOnceWithExactly({ code: '00' })).to.equal(true);
    payWithCard(document, izipayCards.approved);
    await nothingComes();
    expect(callback.callCount).to.equal(1);
  });

  it('is never reported when its iframe is removed', async () => {
    await open();
    payWithCard(document, izipayCards.approved);
    frame()!.remove();
    await nothingComes();
    expect(callback.called).to.equal(false);
  });

  it('also reaches the callbacks of earlier forms because their listeners are never removed', async () => {
    const earlier = spy();
    await open(embedded, earlier);
    place.replaceChildren();
    await open();
    await paid(izipayCards.approved);
    expect([earlier.callCount, callback.callCount]).to.deep.equal([1, 1]);
  });

  it('is stored on the prototype of the class', async () => {
    await open();
    spoof('IZIPAY_EVENT_RESPONSE', { code: '00' });
    expect((Library.prototype as unknown as { Response: object }).Response).to.deep.include({ key: 'IZIPAY_EVENT_RESPONSE' });
  });
});

function spoof(key: string, data: object = {}, origin = location.origin): void {
  window.dispatchEvent(new MessageEvent('message', { data: { key, data }, origin }));
}

describe('createIzipayLibrary: faults', () => {
  it('rejects LoadForm for initThrows and throws from the constructor for constructorThrows', async () => {
    Library.faults.initThrows = true;
    const { loaded } = await begin();
    expect(await loaded.catch((error: Error) => error.message)).to.contain('LoadForm rejects');
    Library.faults.constructorThrows = true;
    expect(thrown(configFor(embedded)).message).to.contain('throws, as its faults say');
  });

  it('appends an iframe without a height and never gets ready for neverReady', async () => {
    Library.faults.neverReady = true;
    const { ready } = await begin();
    await nothingComes();
    expect([frame()!.clientHeight, ready.called, callback.called]).to.deep.equal([0, false, false]);
  });

  it('renders a working form under another id and never reports ready for renamedIds', async () => {
    Library.faults.renamedIds = true;
    const { ready } = await begin();
    const form = () => place.querySelector('iframe')!.contentDocument!.querySelector('input');
    await until(() => form() !== null, 'the form');
    expect([frame(), ready.called]).to.deep.equal([null, false]);
    payWithCard(place, izipayCards.approved);
    await until(() => callback.called, 'a result');
  });

  it('drops as many forms as lostForms specifies and reports no result', async () => {
    Library.faults.lostForms = 1;
    await begin();
    await nothingComes();
    expect([place.childElementCount, callback.called]).to.deep.equal([0, false]);
    await open();
  });

  it('posts a result twice and then a close for talksOn, and reports each once', async () => {
    Library.faults.talksOn = true;
    await open();
    const told: string[] = [];
    const listening = new AbortController();
    window.addEventListener('message', ({ data }: MessageEvent<{ key: string }>) => told.push(data.key), listening);
    await paid(izipayCards.approved);
    listening.abort();
    expect(told.slice(-3)).to.deep.equal(['IZIPAY_EVENT_RESPONSE', 'IZIPAY_EVENT_RESPONSE', 'IZIPAY_EVENT_CLOSE']);
    expect(callback.args.map(([{ code }]) => code)).to.deep.equal(['00', 'P54']);
    expect(frame()).to.equal(null);
  });

  it('reports the result of a removed iframe from the Izipay origin without a source window for lateMessages', async () => {
    Library.faults.lateMessages = true;
    await open();
    const senders: unknown[] = [];
    const listening = new AbortController();
    window.addEventListener('message', ({ origin, source }) => senders.push([origin, source]), listening);
    payWithCard(document, izipayCards.approved);
    frame()!.remove();
    await until(() => callback.called, 'a result');
    listening.abort();
    expect(callback.firstCall.args[0].code).to.equal('00');
    expect(senders.at(-1)).to.deep.equal([hosts.test.checkout, null]);
  });

  it('delays the form for slow', async () => {
    Library.faults.slow = 5_000;
    await begin();
    await until(() => api.requests.length === 2, 'the call of the frame');
    await pass(4_900);
    expect(isDrawn()).to.equal(false);
    await until(isDrawn, 'the form');
  });
});

describe('createIzipayLibrary: the form in the iframe', () => {
  it('is accessible', async () => {
    await open();
    clock.restore();
    const copy = document.importNode(inside('main')!, true);
    place.replaceChildren(copy);
    await expect(copy).to.be.accessible();
  });

  it('shows the amount, in Spanish by default and in English when configured', async () => {
    await open();
    expect(inside('main')!.textContent).to.contain('15.00').and.contain('Pagar');
    await open({ ...embedded, language: { init: 'ENG' } });
    expect(inside('main')!.textContent).to.contain('Pay ');
  });
});
