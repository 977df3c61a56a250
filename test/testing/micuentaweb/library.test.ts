import { expect } from '@open-wc/testing';
import { spy, type SinonFakeTimers, type SinonSpy } from 'sinon';
import {
  createMicuentawebApi,
  micuentawebCards,
  type MicuentawebApi,
  createMicuentawebLibrary,
  type MicuentawebLibrary,
  type MicuentawebLibraryOptions,
} from '../../../src/testing/micuentaweb/public.js';
import { sampleAccount } from '../../../src/testing/micuentaweb/sample-account.js';
import { payWithCard } from '../../../src/testing/pay-with-card.js';
import { fakeClock, pass, until } from '../../support/clock.js';
import { createToken } from './support.js';

type Json = Record<string, unknown>;

const markup =
  '<div class="kr-embedded"><div class="kr-pan"></div><div class="kr-expiry"></div><div class="kr-security-code"></div>' +
  '<button class="kr-payment-button"></button><div class="kr-form-error"></div></div>';
const { publicKey } = sampleAccount;

let api: MicuentawebApi;
let KR: MicuentawebLibrary;
let place: HTMLElement;
let clock: SinonFakeTimers;
let ending: AbortController;
let calls: { onError: SinonSpy; onSubmit: SinonSpy; onTransactionCreated: SinonSpy; onFormReady: SinonSpy };

function createLibrary(options: Partial<MicuentawebLibraryOptions> = {}): MicuentawebLibrary {
  return createMicuentawebLibrary({ fetch: api.fetch, signal: ending.signal, ...options });
}

function createPlace(): HTMLElement {
  const element = Object.assign(document.createElement('div'), { id: 'box' });
  element.innerHTML = markup;
  document.body.append(element);
  return element;
}

beforeEach(() => {
  clock = fakeClock();
  ending = new AbortController();
  api = createMicuentawebApi();
  KR = createLibrary();
  place = createPlace();
  calls = { onError: spy(), onSubmit: spy(() => false), onTransactionCreated: spy(), onFormReady: spy() };
});

afterEach(() => {
  ending.abort();
  place.remove();
  clock.restore();
});

const frames = () => [...place.querySelectorAll('iframe')];
const ghost = () => document.querySelector<HTMLIFrameElement>('iframe#krcheckout');
const button = () => place.querySelector<HTMLButtonElement>('.kr-payment-button')!;
/** Runs every timer of the next 20 s. */
const nothingComes = () => pass(20_000);

/** Whether a promise has settled, after all timers of the next 20 s. */
async function settles(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false;
  promise.then(
    () => (isSettled = true),
    () => (isSettled = true),
  );
  await nothingComes();
  return isSettled;
}

/** Returns what a promise rejects with. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const settled = promise.then(
    () => 'resolved',
    (reason: unknown) => ({ reason }),
  );
  await nothingComes();
  return settled;
}

/** Registers the spies as functions whose source texts differ, because the library compares the texts. */
function listen(): void {
  void KR.onError((error) => void calls.onError(error));
  void KR.onSubmit((result) => calls.onSubmit(result) as unknown);
  void KR.onTransactionCreated((result) => void calls.onTransactionCreated(result));
  void KR.onFormReady(() => void calls.onFormReady());
}

async function configure(config: Json = {}): Promise<void> {
  const formToken = await createToken(api.fetch);
  const configured = KR.setFormConfig({ formToken, publicKey, 'kr-language': 'es-PE', ...config });
  await pass(300);
  await configured;
}

async function open(config: Json = {}): Promise<string> {
  listen();
  await configure(config);
  const attached = KR.attachForm('#box');
  await until(() => calls.onFormReady.called, 'onFormReady');
  await until(() => frames().every(({ contentDocument }) => contentDocument?.querySelector('input')), 'the fields');
  return (await attached).result.formId;
}

/** Pays, and returns the first argument of the last call of a callback. */
async function paid(number: string, callback: 'onError' | 'onSubmit' = 'onSubmit'): Promise<Json> {
  payWithCard(place, number);
  await until(() => calls[callback].called, callback);
  return calls[callback].lastCall.args[0] as Json;
}

function forge(message: Json, origin = 'https://ads.example.com'): void {
  window.dispatchEvent(new MessageEvent('message', { data: `/*krypton-client*/ ${JSON.stringify(message)}`, origin }));
}

describe('createMicuentawebLibrary: setFormConfig', () => {
  it('takes about 300 ms the first time, and about 50 ms later', async () => {
    const first = spy();
    const formToken = await createToken(api.fetch);
    void KR.setFormConfig({ formToken, publicKey }).then(first);
    await pass(299);
    expect(first.called).to.equal(false);
    await pass(1);
    expect(first.called).to.equal(true);
    const later = spy();
    void KR.setFormConfig({ formToken }).then(later);
    await pass(50);
    expect(later.called).to.equal(true);
  });

  it('rejects a bad token with the string CLIENT_100 and a null one with undefined, and accepts a good one afterwards', async () => {
    expect(await rejection(KR.setFormConfig({ formToken: 'bad', publicKey }))).to.deep.equal({ reason: 'CLIENT_100' });
    expect(await rejection(KR.setFormToken(null))).to.deep.equal({ reason: undefined });
    expect(await rejection(KR.setFormToken(await createToken(api.fetch)))).to.equal('resolved');
  });

  it('swaps the token in the open form without an event, and keeps the iframes and the typed card', async () => {
    await open();
    const before = frames();
    payWithCard(place, micuentawebCards.declined);
    await until(() => calls.onError.called, 'onError');
    const events = calls.onError.callCount;
    const swapped = KR.setFormConfig({ formToken: await createToken(api.fetch, { amount: 2000 }) });
    await pass(50);
    await swapped;
    expect(frames()).to.deep.equal(before);
    expect(frames()[0]!.contentDocument!.querySelector('input')!.value).to.contain('4970');
    expect(button().textContent).to.contain('20.00');
    expect([calls.onError.callCount, calls.onFormReady.callCount]).to.deep.equal([events, 1]);
  });

  it('keeps the public key of an earlier call', async () => {
    await configure();
    await configure({ publicKey: undefined });
    await open({ publicKey: undefined });
    expect(await paid(micuentawebCards.approved)).to.nested.include({ 'clientAnswer.orderStatus': 'PAID' });
  });

  it('rejects, and attachForm never settles, once the tag of the script has left the document', async () => {
    const tag = document.createElement('script');
    KR = createLibrary({ tag });
    expect(await rejection(KR.setFormConfig({ publicKey }))).to.not.equal('resolved');
    expect(await settles(KR.attachForm('#box'))).to.equal(false);
  });
});

describe('createMicuentawebLibrary: attachForm', () => {
  it('draws an iframe for each field, the amount on the button, and the hidden iframe over the page', async () => {
    await open();
    expect(frames().map(({ id }) => id)).to.deep.equal(['krfield-pan', 'krfield-expiryDate', 'krfield-securityCode']);
    expect(button().textContent).to.contain('Pagar').and.contain('10.50');
    expect([ghost()!.style.position, ghost()!.style.zIndex, ghost()!.style.display]).to.deep.equal(['fixed', '99999', 'none']);
  });

  it('resolves about 200 ms later, and calls onFormReady only after that', async () => {
    listen();
    await configure();
    const attached = spy();
    void KR.attachForm('#box').then(attached);
    await pass(200);
    expect([attached.called, calls.onFormReady.called]).to.deep.equal([true, false]);
    await pass(400);
    expect(calls.onFormReady.called).to.equal(true);
  });

  it('rejects for a missing element, and with CLIENT_709 for one that does not contain the form', async () => {
    await configure();
    expect(await rejection(KR.attachForm('#missing'))).to.not.equal('resolved');
    place.replaceChildren();
    expect(await rejection(KR.attachForm('#box'))).to.deep.equal({ reason: 'CLIENT_709' });
  });

  it('does not find a form in a shadow root, and reports only onLoaded', async () => {
    const host = document.createElement('div');
    host.attachShadow({ mode: 'open' }).append(place);
    document.body.append(host);
    const loaded = spy();
    listen();
    void KR.onLoaded(loaded);
    await configure();
    void KR.attachForm('#box');
    await nothingComes();
    expect([loaded.callCount, calls.onError.called, calls.onFormReady.called]).to.deep.equal([1, false, false]);
    expect(place.querySelector('iframe')).to.equal(null);
    host.remove();
  });

  it('draws only the first of two forms', async () => {
    place.insertAdjacentHTML('beforeend', markup);
    await open();
    expect(frames()).to.have.length(3);
    expect(place.lastElementChild!.querySelector('iframe')).to.equal(null);
  });

  it('draws a form in a container that is not displayed', async () => {
    place.style.display = 'none';
    await open();
    expect(frames()).to.have.length(3);
  });

  it('calls a late onFormReady at once', async () => {
    await open();
    const late = spy();
    void KR.onFormReady(late);
    expect(late.callCount).to.equal(1);
  });

  it('loses the typed card when the container is moved, and still pays', async () => {
    await open();
    payWithCard(place, micuentawebCards.declined);
    await until(() => calls.onError.called, 'onError');
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(place);
    const input = () => frames()[0]!.contentDocument?.querySelector('input');
    await until(
      () => input()?.value === '' && frames().every(({ contentDocument }) => contentDocument?.querySelector('input')),
      'new fields',
    );
    expect(await paid(micuentawebCards.approved)).to.nested.include({ 'clientAnswer.orderStatus': 'PAID' });
    elsewhere.remove();
  });
});

describe('createMicuentawebLibrary: removeForms', () => {
  it('removes the iframes, clears the callbacks, and leaves an attribute on the form', async () => {
    await open();
    await KR.removeForms();
    expect([frames().length, ghost()]).to.deep.equal([0, null]);
    expect(place.querySelector('.kr-embedded')!.hasAttribute('kr-form-id')).to.equal(true);
    forge({ _name: 'payment', clientAnswer: { orderStatus: 'PAID' }, hash: 'forged' });
    expect(calls.onSubmit.called).to.equal(false);
  });

  it('hangs the library for good while setFormConfig is pending', async () => {
    const formToken = await createToken(api.fetch);
    const first = KR.setFormConfig({ formToken, publicKey });
    await pass(30);
    await KR.removeForms();
    expect(await settles(first)).to.equal(false);
    expect(await settles(KR.setFormConfig({ formToken, publicKey }))).to.equal(false);
    expect(await settles(KR.attachForm('#box'))).to.equal(false);
  });

  it('while attachForm is pending leaves it pending, and gives the next form no iframes', async () => {
    await configure();
    const first = KR.attachForm('#box');
    await pass(100);
    await KR.removeForms();
    expect(await settles(first)).to.equal(false);
    listen();
    const second = KR.attachForm('#box');
    await nothingComes();
    expect((await second).result.formId).to.match(/^F\d{6}$/);
    expect([frames().length, calls.onFormReady.called]).to.deep.equal([0, false]);
    await KR.removeForms();
    expect(await open()).to.not.equal((await second).result.formId);
    expect(frames()).to.have.length(3);
  });

  it('is safe before the first form', async () => {
    await KR.removeForms();
    await open();
    expect(frames()).to.have.length(3);
  });

  it('removes the overlay of 3DS, and the result reaches no callback', async () => {
    await open();
    payWithCard(place, micuentawebCards.approved);
    await KR.removeForms();
    listen();
    await nothingComes();
    expect(api.payments()).to.have.length(1);
    expect(calls.onSubmit.called).to.equal(false);
  });
});

describe('createMicuentawebLibrary: callbacks', () => {
  for (const event of ['onError', 'onSubmit', 'onTransactionCreated'] as const) {
    it(`keeps one function for ${event}: a later one replaces it`, async () => {
      await open();
      const [first, second] = [spy(), spy()];
      void KR[event]((value) => void first(value));
      void KR[event]((value) => second(value) as unknown);
      const message =
        event === 'onError'
          ? { _name: 'error', errorCode: 'PSP_108' }
          : { _name: 'payment', clientAnswer: { orderStatus: 'PAID' }, hash: '1' };
      forge(message);
      expect([first.called, second.callCount]).to.deep.equal([false, 1]);
    });
  }

  it('compares functions by their source text, so the second of one factory replaces the first', async () => {
    const create = (listener: SinonSpy) => () => void listener();
    const [first, second, other] = [spy(), spy(), spy()];
    void KR.onLoaded(create(first));
    void KR.onLoaded(create(second));
    void KR.onLoaded(() => void other());
    await open();
    expect([first.called, second.callCount, other.callCount]).to.deep.equal([false, 1, 1]);
  });

  it('reports the field that has the focus', async () => {
    await open();
    const focused = spy();
    void KR.onFocus(focused);
    const input = frames()[0]!.contentDocument!.querySelector('input')!;
    input.dispatchEvent(new FocusEvent('focus'));
    expect(focused.firstCall.args[0]).to.include({ field: 'pan' });
  });
});

describe('createMicuentawebLibrary: a payment', () => {
  it('reaches onSubmit and onTransactionCreated with the signed parts', async () => {
    await open();
    const result = await paid(micuentawebCards.approved);
    expect(result).to.include({ hashAlgorithm: 'sha256_hmac', hashKey: 'sha256_hmac', _type: 'V4/Charge/ProcessPaymentAnswer' });
    expect(JSON.parse(String(result.rawClientAnswer))).to.deep.equal(result.clientAnswer);
    expect(result.hash).to.match(/^[0-9a-f]{64}$/);
    expect([calls.onTransactionCreated.callCount, calls.onError.called]).to.deep.equal([1, false]);
  });

  it('reaches onSubmit when it is pending', async () => {
    await open();
    expect(await paid(micuentawebCards.pending)).to.nested.include({ 'clientAnswer.orderStatus': 'RUNNING' });
  });

  it('is not made again by more clicks', async () => {
    await open();
    await paid(micuentawebCards.approved);
    button().click();
    await nothingComes();
    expect(api.payments()).to.have.length(1);
  });

  it('that is refused reaches onError with the signed answer and onTransactionCreated, and leaves the form enabled', async () => {
    await open();
    const error = await paid(micuentawebCards.declined, 'onError');
    expect(error).to.include({ errorCode: 'ACQ_001', detailedErrorCode: '51', _type: 'krypton/error' });
    expect(error)
      .to.have.nested.property('metadata.answer.hash')
      .that.matches(/^[0-9a-f]{64}$/);
    expect(error).to.nested.include({ 'metadata.answer.clientAnswer.orderCycle': 'OPEN' });
    expect(error).to.have.nested.property('metadata.formToken').that.is.a('string');
    expect([calls.onTransactionCreated.callCount, calls.onSubmit.called, button().disabled]).to.deep.equal([1, false, false]);
    expect(await paid(micuentawebCards.approved)).to.nested.include({ 'clientAnswer.orderStatus': 'PAID' });
  });

  it('after the last try is PSP_099, disables the form, and calls onSubmit with nulls', async () => {
    await open();
    api.faults.payment = 'PSP_099';
    const result = await paid(micuentawebCards.approved);
    expect(calls.onError.lastCall.args[0]).to.include({ errorCode: 'PSP_099' });
    expect(result).to.include({ clientAnswer: null, rawClientAnswer: null, hash: null });
    expect(button().disabled).to.equal(true);
  });

  it('after the last try can call onSubmit with the last refused payment instead', async () => {
    KR.faults.lastRefused = true;
    await open();
    await paid(micuentawebCards.declined, 'onError');
    api.faults.payment = 'PSP_099';
    expect(await paid(micuentawebCards.approved)).to.nested.include({ 'clientAnswer.orderStatus': 'UNPAID' });
  });

  it('with an expired token is PSP_108, and leaves the form enabled', async () => {
    api.faults.deadTokens = true;
    await open();
    expect(await paid(micuentawebCards.approved, 'onError')).to.include({ errorCode: 'PSP_108' });
    expect([calls.onSubmit.called, button().disabled]).to.deep.equal([false, false]);
  });

  for (const fault of ['drop', 503] as const) {
    it(`whose response is lost by ${fault} is PSP_998 without a signed answer`, async () => {
      await open();
      api.faults.payment = fault;
      const error = await paid(micuentawebCards.approved, 'onError');
      expect(error).to.include({ errorCode: 'PSP_998' }).and.not.have.nested.property('metadata.answer');
    });
  }

  it('with the undecided card is PSP_998 although it was made', async () => {
    await open();
    expect(await paid(micuentawebCards.undecided, 'onError')).to.include({ errorCode: 'PSP_998' });
    expect(api.payments()).to.have.length(1);
  });

  for (const fault of ['html', 'empty'] as const) {
    it(`whose response with status 200 is ${fault} is ACQ_001 without a signed answer`, async () => {
      await open();
      api.faults.payment = fault;
      const error = await paid(micuentawebCards.approved, 'onError');
      expect(error).to.include({ errorCode: 'ACQ_001', errorMessage: 'Payment refused' }).and.not.have.nested.property('metadata.answer');
    });
  }

  it('with the unsigned card is ACQ_001 without a signed answer', async () => {
    await open();
    expect(await paid(micuentawebCards.unsigned, 'onError'))
      .to.include({ errorCode: 'ACQ_001' })
      .and.not.have.nested.property('metadata.answer');
  });

  it('that is partial is PSP_996 with the payment itself as the answer', async () => {
    await open();
    const error = await paid(micuentawebCards.partial, 'onError');
    expect(error).to.nested.include({ errorCode: 'PSP_996', 'metadata.answer.orderStatus': 'PARTIALLY_PAID' });
  });

  it('that is PAID without a hash reaches no callback', async () => {
    KR.faults.withoutHash = true;
    await open();
    payWithCard(place, micuentawebCards.approved);
    await nothingComes();
    expect(api.payments()).to.have.length(1);
    expect([calls.onSubmit, calls.onError, calls.onTransactionCreated].some(({ called }) => called)).to.equal(false);
  });

  it('reports the invalid fields of the card as CLIENT_300, and sends no request', async () => {
    await open();
    const { length } = api.requests;
    button().click();
    const error = calls.onError.lastCall.args[0] as { errorCode: string; children: Json[] };
    expect(error.errorCode).to.equal('CLIENT_300');
    expect(error.children.map(({ errorCode, field }) => [errorCode, field])).to.deep.equal([
      ['CLIENT_304', 'pan'],
      ['CLIENT_304', 'expiryDate'],
      ['CLIENT_304', 'securityCode'],
    ]);
    expect(api.requests).to.have.length(length);
  });

  it('with a token of an unknown prefix is CLIENT_997 and PSP_998, after the form was drawn', async () => {
    const formToken = (await createToken(api.fetch)).replace(/^../, 'fa');
    await open({ formToken });
    payWithCard(place, micuentawebCards.approved);
    await until(() => calls.onError.callCount === 2, 'two errors');
    expect(calls.onError.args.map(([error]) => (error as Json).errorCode)).to.deep.equal(['CLIENT_997', 'PSP_998']);
  });

  it('with a token of another brand goes to the API of that brand', async () => {
    const formToken = (await createToken(api.fetch)).replace(/^../, '01');
    await open({ formToken });
    payWithCard(place, micuentawebCards.approved);
    await until(() => calls.onError.called, 'onError');
    expect(api.requests.at(-1)!.url).to.contain('https://api.payzen.eu/');
  });

  it('with a production key has unknown error codes masked as ACQ_001', async () => {
    await open({ publicKey: '89289758:publickey_example' });
    forge({ _name: 'error', errorCode: 'PSP_100' });
    expect(calls.onError.lastCall.args[0]).to.include({ errorCode: 'ACQ_001' });
    forge({ _name: 'error', errorCode: 'PSP_108' });
    expect(calls.onError.lastCall.args[0]).to.include({ errorCode: 'PSP_108' });
  });

  it('can be forged by a message of any origin', async () => {
    await open();
    forge({ _name: 'payment', clientAnswer: { orderStatus: 'PAID' }, hash: 'forged' });
    expect(calls.onSubmit.lastCall.args[0]).to.deep.equal({ clientAnswer: { orderStatus: 'PAID' }, hash: 'forged' });
  });
});

describe('createMicuentawebLibrary: 3DS', () => {
  const press = (action: string) => ghost()!.contentDocument!.querySelector<HTMLElement>(`[data-action="${action}"]`)!.click();
  const opened = () => until(() => ghost()?.style.display === 'block', 'the overlay');

  it('covers the page without an event, and disables the button', async () => {
    await open();
    payWithCard(place, micuentawebCards.challenge);
    await opened();
    expect(ghost()!.clientWidth).to.equal(document.documentElement.clientWidth);
    expect([button().disabled, calls.onError.called, document.body.style.overflow]).to.deep.equal([true, false, '']);
  });

  it('is followed by the result, and the overlay is hidden', async () => {
    await open();
    payWithCard(place, micuentawebCards.challenge);
    await opened();
    press('authenticate');
    await until(() => calls.onSubmit.called, 'onSubmit');
    expect(ghost()!.style.display).to.equal('none');
  });

  it('that the shopper closes is CLIENT_101 and on3dSecureAbort, and the form can be used again', async () => {
    await open();
    const aborted = spy();
    void KR.on3dSecureAbort(aborted);
    payWithCard(place, micuentawebCards.challenge);
    await opened();
    press('close');
    await until(() => calls.onError.called, 'onError');
    expect(calls.onError.lastCall.args[0]).to.include({ errorCode: 'CLIENT_101' });
    expect([aborted.callCount, button().disabled]).to.deep.equal([1, false]);
    expect(await paid(micuentawebCards.approved)).to.nested.include({ 'clientAnswer.orderStatus': 'PAID' });
  });

  it('that takes too long is PSP_649', async () => {
    await open();
    payWithCard(place, micuentawebCards.challengeTimedOut);
    await opened();
    press('authenticate');
    await until(() => calls.onError.called, 'onError');
    expect(calls.onError.lastCall.args[0]).to.include({ errorCode: 'PSP_649' });
  });

  it('is removed by removeForms', async () => {
    await open();
    payWithCard(place, micuentawebCards.challenge);
    await opened();
    await KR.removeForms();
    expect(ghost()).to.equal(null);
  });
});

describe('createMicuentawebLibrary: navigation', () => {
  const url = 'https://shop.example.com/paid';
  const cases: readonly [string, () => unknown, boolean][] = [
    ['returns false', () => false, false],
    ['throws', () => { throw new Error('hostile'); }, false], // prettier-ignore
    ['returns a promise of false', () => Promise.resolve(false), true],
    ['returns nothing', () => undefined, true],
  ];
  for (const [what, answer, navigates] of cases) {
    it(`${navigates ? 'follows' : 'does not follow'} when onSubmit ${what} and a URL is set`, async () => {
      const leave = spy();
      KR = createLibrary({ leave });
      await open({ 'kr-post-url-success': url });
      calls.onSubmit = spy(answer);
      await paid(micuentawebCards.approved);
      expect(leave.args).to.deep.equal(navigates ? [[url]] : []);
    });
  }

  it('does not follow without a URL', async () => {
    const leave = spy();
    KR = createLibrary({ leave });
    await open();
    calls.onSubmit = spy();
    await paid(micuentawebCards.approved);
    expect(leave.called).to.equal(false);
  });
});

describe('createMicuentawebLibrary: other methods', () => {
  it('validates an empty form with the errors of its fields, and a filled one with null', async () => {
    await open();
    const { reason } = (await rejection(KR.validateForm().then(() => {}))) as { reason: { result: Json } };
    expect(reason.result.errorCode).to.equal('CLIENT_300');
    expect(calls.onError.called).to.equal(false);
    (reason.result.doOnError as () => void)();
    expect(calls.onError.callCount).to.equal(1);
    await paid(micuentawebCards.approved);
    expect((await KR.validateForm()).result).to.equal(null);
  });

  it('submit pays', async () => {
    await open();
    await KR.submit();
    expect(calls.onError.lastCall.args[0]).to.include({ errorCode: 'CLIENT_300' });
  });

  it('renderElements draws a smart form in an element', async () => {
    listen();
    await configure();
    const smart = Object.assign(document.createElement('div'), { className: 'kr-smart-form' });
    place.replaceChildren(smart);
    void KR.renderElements(smart);
    await until(() => frames().length === 3, 'the fields');
    expect(button().textContent).to.contain('10.50');
  });
});

describe('createMicuentawebLibrary: faults', () => {
  it('creates and loads a form that is never ready for neverReady', async () => {
    KR.faults.neverReady = true;
    const [created, loaded] = [spy(), spy()];
    void KR.onFormCreated(() => void created());
    void KR.onLoaded(() => void loaded());
    listen();
    await configure();
    void KR.attachForm('#box');
    await nothingComes();
    expect([created.callCount, loaded.callCount, calls.onFormReady.called, calls.onError.called]).to.deep.equal([1, 1, false, false]);
  });

  it('is ready without iframes for emptyForms', async () => {
    KR.faults.emptyForms = 1;
    await open();
    expect(frames()).to.have.length(0);
  });

  it('rejects or never settles for configRejects, configHangs and attachRejects', async () => {
    KR.faults.attachRejects = true;
    expect(await rejection(KR.attachForm('#box'))).to.deep.equal({ reason: 'CLIENT_999' });
    KR.faults.configRejects = 'CLIENT_994';
    expect(await rejection(KR.setFormConfig({ publicKey }))).to.deep.equal({ reason: 'CLIENT_994' });
    KR.faults.configHangs = true;
    expect(await settles(KR.setFormConfig({ publicKey }))).to.equal(false);
  });

  it('rejects once for a list of one in configRejects', async () => {
    KR.faults.configRejects = ['CLIENT_100'];
    expect(await rejection(KR.setFormConfig({ publicKey }))).to.deep.equal({ reason: 'CLIENT_100' });
    expect(await settles(KR.setFormConfig({ publicKey }))).to.equal(true);
  });

  it('leaves rawClientAnswer out for withoutRawAnswer', async () => {
    KR.faults.withoutRawAnswer = true;
    await open();
    expect(await paid(micuentawebCards.approved)).to.not.have.property('rawClientAnswer');
  });

  it('reports twice for talksOn, and then that the form token has expired', async () => {
    KR.faults.talksOn = true;
    await open();
    await paid(micuentawebCards.approved);
    expect(calls.onSubmit.callCount).to.equal(2);
    expect(calls.onError.lastCall.args[0]).to.have.property('errorCode', 'PSP_108');
    expect(calls.onError.calledAfter(calls.onSubmit)).to.equal(true);
  });

  it('reports the result of a removed form to later callbacks for lateMessages', async () => {
    KR.faults.lateMessages = true;
    await open();
    payWithCard(place, micuentawebCards.approved);
    await KR.removeForms();
    listen();
    await until(() => calls.onSubmit.called, 'onSubmit');
  });
});
