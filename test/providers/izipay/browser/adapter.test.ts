import { expect } from '@open-wc/testing';
import { spy, type SinonFakeTimers } from 'sinon';
import type { CheckoutError } from '../../../../src/state/errors.js';
import { izipay } from '../../../../src/providers/izipay/browser/adapter.js';
import type { IzipayConfig } from '../../../../src/providers/izipay/contract.js';
import type { MountContext, Outcome } from '../../../../src/providers/provider.js';
import { fakeClock, until } from '../../../support/clock.js';
import { unreadable } from '../../../support/unreadable.js';
import { settled } from '../../../support/work.js';

type Json = Record<string, unknown>;
type Callback = (value?: unknown) => void;

interface Made {
  readonly given: Json;
  readonly loaded: Json;
  readonly callback: Callback;
  readonly on: Record<string, Callback>;
}

const good = {
  keyRSA: 'rsa',
  transactionId: '16868479028040',
  action: 'pay',
  merchantCode: '4007701',
  order: {
    orderNumber: 'R202211101518',
    amount: '15.00',
    processType: 'AT',
    merchantBuyerId: 'buyer',
    dateTimeTransaction: '1757894400000000',
  },
};
const frameId = 'izipay-checkout-web';
const attempts: AbortController[] = [];

function frame(box = true): HTMLIFrameElement {
  const made = Object.assign(document.createElement('iframe'), { id: frameId });
  Object.assign(made.style, { width: box ? '300px' : '0', height: box ? '300px' : '0', border: '0' });
  return made;
}

interface Hand {
  config?: Json;
  /** Whether the page was prepared by the script before. */
  prepared?: boolean;
  /** What each `LoadForm` draws; by default a frame in the container. */
  draws?: (container: HTMLElement, n: number) => void;
  methods?: string[];
  context?: Partial<MountContext<IzipayConfig>>;
  loads?: () => Promise<void>;
}

/** A library whose callbacks are in the test's hands. */
function mountByHand({
  config = {},
  prepared = true,
  draws,
  methods = ['onReady', 'onCancel', 'onSessionTimeout', 'onClick'],
  ...hand
}: Hand = {}) {
  const controller = new AbortController();
  attempts.push(controller);
  const container = Object.assign(document.createElement('div'), { id: `mount-${attempts.length}` });
  document.body.append(container);
  controller.signal.addEventListener('abort', () => container.remove());
  const made: Made[] = [];
  const library = class {
    constructor({ config: given }: { config: Json }) {
      const on: Record<string, Callback> = {};
      Object.assign(this, {
        LoadForm: (loaded: Json & { callbackResponse: Callback }) => {
          made.push({ given, loaded, callback: loaded.callbackResponse, on });
          for (const name of methods) Object.assign(this, { [name]: (callback: Callback) => void (on[name] = callback) });
          if (draws) draws(container, made.length);
          else container.append(frame());
          return hand.loads?.() ?? Promise.resolve();
        },
      });
    }
  };
  if (prepared) document.body.append(frame(false));
  const report = spy<(outcome: Outcome) => void>(() => {});
  const onTouched = spy();
  const mounted = izipay.mount({
    ...{ token: 'jwt', config: { ...good, ...config }, environment: 'sandbox', locale: 'es-PE', container, library },
    ...{ signal: controller.signal, report, onTouched, isExpired: () => false },
    ...hand.context,
  });
  mounted.catch(() => {});
  return { made, report, onTouched, mounted, container, controller, loaded: () => until(() => made.length > 0, 'LoadForm') };
}

async function failureOf(promise: Promise<unknown>): Promise<CheckoutError> {
  return promise.then(
    () => expect.fail('it should have failed'),
    (error: CheckoutError) => error,
  );
}

describe('the Izipay adapter', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = fakeClock();
  });
  afterEach(() => {
    for (const controller of attempts.splice(0)) controller.abort();
    for (const left of document.querySelectorAll(`#${frameId}`)) left.remove();
    clock.restore();
  });

  const drawn = async (hand: Hand = {}) => {
    const form = mountByHand(hand);
    await form.loaded();
    return { ...form, ...form.made[0]! };
  };

  describe('opens the form', () => {
    it('with the token, the key, and a config that has neither', async () => {
      const { loaded, given } = await drawn();
      expect(loaded).to.include({ authorization: 'jwt', keyRSA: 'rsa' });
      expect(given).to.not.have.property('keyRSA');
    });

    it('with its container as a selector, embedded, in the language of our texts, and nothing else of our own', async () => {
      const { given, container } = await drawn();
      const { keyRSA: _, ...rest } = good;
      expect(given).to.deep.equal({
        ...rest,
        render: { typeForm: 'embedded', container: `#${container.id}` },
        language: { init: 'ESP' },
      });
    });

    it('as the config says, where it says how', async () => {
      const config = {
        render: { typeForm: 'pop-up', showButtonProcessForm: false },
        language: { showControlMultiLang: true },
        unknownToUs: [1],
      };
      const { given } = await drawn({ config, context: { locale: 'en-US' }, draws: () => document.body.append(frame()) });
      expect(given).to.deep.include({ language: { init: 'ENG', showControlMultiLang: true }, unknownToUs: [1] });
      expect(given.render).to.include({ typeForm: 'pop-up', showButtonProcessForm: false });
      expect((await drawnWith({ language: { init: 'ENG' } })).given.language).to.deep.equal({ init: 'ENG' });
    });

    const drawnWith = (config: Json) => (attempts.pop()?.abort(), drawn({ config }));

    it('only once the script has prepared its frame, as it would lose the form', async () => {
      const { made, mounted } = mountByHand({ prepared: false });
      await clock.tickAsync(90);
      expect(made).to.have.length(0);
      document.body.append(frame(false));
      await until(() => made.length === 1, 'LoadForm');
      made[0]!.on.onReady!();
      await mounted;
    });

    it('a second after the script, where that prepares nothing', async () => {
      const { made } = mountByHand({ prepared: false });
      await clock.tickAsync(990);
      expect(made).to.have.length(0);
      await clock.tickAsync(10);
      expect(made).to.have.length(1);
    });

    it('not with a token that died while the script prepared its frame', async () => {
      const { mounted, made } = mountByHand({ context: { isExpired: () => true } });
      expect(await failureOf(mounted)).to.include({ code: 'provider', reason: 'session' });
      expect(made).to.have.length(0);
    });

    it('once more where it was lost without a word, and hears the newer one alone', async () => {
      const { made, report } = mountByHand({ draws: (container, n) => n > 1 && container.append(frame()) });
      await until(() => made.length === 1, 'LoadForm');
      await clock.tickAsync(300);
      expect(made).to.have.length(2);
      made[0]!.callback({ code: 'P54' });
      await settled();
      expect(report.callCount).to.equal(0);
      made[1]!.callback({ code: 'P54' });
      await settled();
      expect(report.callCount).to.equal(1);
      await clock.tickAsync(5_000);
      expect(made).to.have.length(2);
    });

    it('and is ready when the library says so', async () => {
      const { on, mounted } = await drawn();
      let isReady = false;
      void mounted.then(() => (isReady = true));
      await clock.tickAsync(5_000);
      expect(isReady).to.equal(false);
      on.onReady!();
      await mounted;
    });

    it('and is ready with its frame, where the library has no way to say so', async () => {
      const { mounted } = await drawn({ methods: [] });
      await clock.tickAsync(300);
      await mounted;
    });

    it('and is ready at 20 s with a frame that never said so', async () => {
      const { mounted } = await drawn();
      await clock.tickAsync(21_000);
      await mounted;
    });

    it('and ends at 20 s without a frame that has a box', async () => {
      const { mounted } = await drawn({ draws: (container) => container.append(frame(false)) });
      await clock.tickAsync(21_000);
      expect(await failureOf(mounted)).to.include({ code: 'provider', reason: 'timeout' });
    });

    it('and fails with what `LoadForm` rejects with', async () => {
      const { mounted } = mountByHand({ loads: () => Promise.reject(new RangeError('jwt')) });
      expect(await failureOf(mounted)).to.be.an.instanceOf(RangeError);
    });

    it('and names the fields that the library refused, without its words', async () => {
      for (const errors of [
        { entryData: { 'order.amount': { message: 'jwt', value: 'jwt' } } },
        { invalidProperties: ['order.amount', '<jwt>'] },
      ]) {
        const library = class {
          constructor() {
            throw Object.assign(new Error('jwt is wrong'), { Errors: errors });
          }
        };
        const { mounted, controller } = mountByHand({ context: { library } });
        const error = await failureOf(mounted);
        expect(error.message).to.equal("Izipay's library refused `order.amount` of its config.");
        controller.abort();
      }
    });

    it('one at a time: a second one is told so, until the first one ends', async () => {
      const { controller, mounted, on } = await drawn();
      on.onReady!();
      await mounted;
      expect(await failureOf(mountByHand().mounted)).to.include({ code: 'config', reason: 'already-open', retryable: true });
      controller.abort();
      await drawn();
    });

    it('only by the shopper’s own act where it covers or leaves the page', () => {
      const needs = (render?: Json) => izipay.needsGesture!({ ...good, ...(render && { render }) });
      expect([needs(), needs({}), needs({ typeForm: 'embedded' })]).to.deep.equal([false, false, false]);
      expect([needs({ typeForm: 'pop-up' }), needs({ typeForm: 'redirect' })]).to.deep.equal([true, true]);
    });

    it('says that the shopper is at it when the library does, and for a pop-up at once', async () => {
      const { on, onTouched, controller } = await drawn();
      expect(onTouched.callCount).to.equal(0);
      on.onClick!();
      expect(onTouched.callCount).to.equal(1);
      controller.abort();
      const popUp = await drawn({ config: { render: { typeForm: 'pop-up' } }, draws: () => document.body.append(frame()) });
      expect(popUp.onTouched.callCount).to.equal(1);
    });
  });

  describe('reports', () => {
    const signed = { payloadHttp: '{"code":"00"}', signature: 'AAAA' };
    const outcomes: [string, Json, object][] = [
      ['a signed 00', { code: '00', ...signed }, { status: 'succeeded' }],
      ['a signed T05', { code: 'T05', ...signed }, { status: 'failed', code: 'declined' }],
      ['a signed result without a code', signed, { status: 'failed', code: 'declined' }],
      ['an unsigned 00', { code: '00' }, { status: 'pending' }],
      ['a 00 with half a signature', { code: '00', payloadHttp: '{}', signature: '' }, { status: 'pending' }],
      ['021', { code: '021' }, { status: 'pending' }],
      ['COMMUNICATION_ERROR', { code: 'COMMUNICATION_ERROR', message: '<html>' }, { status: 'pending' }],
      ['P54', { code: 'P54' }, { status: 'cancelled' }],
      ['another code without a signature', { code: 'A02', message: 'secret' }, { status: 'failed', code: 'provider' }],
      ['a code of another shape', { code: '<b>secret</b>' }, { status: 'failed', code: 'provider' }],
      ['nothing', {}, { status: 'failed', code: 'provider' }],
    ];
    for (const [what, response, { status, code }] of outcomes as [string, Json, { status: string; code?: string }][]) {
      it(`${what} as ${code ?? status}, without the library's words`, async () => {
        const { callback, report, mounted, on } = await drawn();
        on.onReady!();
        await mounted;
        callback(response);
        expect(report.callCount, 'not within the call of the library').to.equal(0);
        await settled();
        const [outcome] = report.firstCall.args;
        expect(outcome.status).to.equal(status);
        if ('error' in outcome) {
          expect(outcome.error.code).to.equal(code);
          expect(JSON.stringify([outcome.error.message, outcome.error])).to.not.contain('secret');
        }
      });
    }

    it('no technical error before the form is open: then its opening has failed, and another token may help', async () => {
      const { callback, report, mounted } = await drawn();
      callback({ code: 'A02', message: 'secret' });
      expect(await failureOf(mounted)).to.include({ code: 'provider', reason: 'session', retryable: true });
      await settled();
      expect(report.callCount).to.equal(0);
    });

    it('a technical error of a pop-up, in which the shopper may have paid before it said that it is open', async () => {
      const config = { render: { typeForm: 'pop-up' } };
      const { callback, report } = await drawn({ config, draws: () => document.body.append(frame()) });
      callback({ code: 'A02' });
      await settled();
      expect(report.firstCall.args[0]).to.have.nested.property('error.reason', 'session');
    });

    it("the library's own object, and the provider's reference to the payment", async () => {
      const response = { code: '00', transactionId: 't', response: { order: [{ uniqueId: 'u-1' }] }, ...signed };
      const { callback, report } = await drawn();
      callback(response);
      await settled();
      expect(report.firstCall.args[0]).to.deep.equal({ status: 'succeeded', reference: 'u-1', raw: response });
    });

    it('nothing of what cannot be read, and throws nothing', async () => {
      const { callback, report } = await drawn();
      callback(unreadable());
      callback({ ...signed, code: '00', response: unreadable() });
      await settled();
      expect(report.callCount).to.equal(0);
    });

    it('every call, up to four of them, for others to judge', async () => {
      const { callback, report } = await drawn();
      for (const code of ['T05', '00', '00', '021']) callback({ code, ...signed });
      await settled();
      expect(report.callCount).to.equal(4);
    });

    for (const [event, status] of [
      ['IZIPAY_EVENT_CLOSE', 'cancelled'],
      ['IZIPAY_EVENT_INACTIVITY', 'expired'],
    ] as const) {
      it(`what comes with ${event} as ${status}`, async () => {
        const { callback, report } = await drawn();
        say({ key: event }, 'https://sandbox-checkout.izipay.pe');
        callback({});
        await settled();
        expect(report.firstCall.args[0]).to.deep.equal({ status });
      });
    }

    it('that it was cancelled or timed out where only that is told, and never over a result', async () => {
      const { on, report, controller } = await drawn();
      on.onCancel!();
      await settled();
      expect(report.firstCall.args[0]).to.deep.equal({ status: 'cancelled' });
      controller.abort();
      const other = await drawn();
      other.callback({ code: '021' });
      other.on.onSessionTimeout!();
      await settled();
      expect(other.report.callCount).to.equal(1);
    });

    it('after its end only its own transaction: the library never lets go of a callback', async () => {
      const { callback, report, controller } = await drawn();
      controller.abort();
      callback({ code: '00', transactionId: 'of a later form', ...signed });
      callback({ code: '00', ...signed });
      await settled();
      expect(report.callCount).to.equal(0);
      callback({ code: '00', transactionId: good.transactionId, ...signed });
      await settled();
      expect(report.callCount).to.equal(1);
    });

    it('of no other form’s transaction, which each callback on the page is told as well', async () => {
      const earlier = await drawn();
      earlier.controller.abort();
      const later = await drawn({ config: { transactionId: 'later' } });
      const late = { code: '00', transactionId: good.transactionId, ...signed };
      for (const { callback } of [earlier, later]) callback(late);
      await settled();
      expect([earlier.report.callCount, later.report.callCount]).to.deep.equal([1, 0]);
    });

    it('a result whose transaction nobody here knows: it may be written in another way', async () => {
      const { callback, report } = await drawn();
      callback({ code: '00', transactionId: `0${good.transactionId}`, ...signed });
      await settled();
      expect(report.callCount).to.equal(1);
    });

    it('a shopper who comes back from a redirect as cancelled', async () => {
      const { report } = await drawn({ config: { render: { typeForm: 'redirect' } }, draws: () => {}, methods: [] });
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
      expect(report.callCount).to.equal(0);
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      expect(report.firstCall.args[0]).to.deep.equal({ status: 'cancelled' });
    });
  });

  describe('keeps the page', () => {
    const shapes: [string, unknown][] = [
      ['an object', { key: 'IZIPAY_EVENT_RESPONSE', data: { code: '00' } }],
      ['JSON', JSON.stringify({ key: 'IZIPAY_EVENT_RESPONSE' })],
      ['a bare name', 'IZIPAY_EVENT_RESPONSE'],
      ['a name that is a key', { IZIPAY_EVENT_RESPONSE: {} }],
      ['an object in an object', { data: { event: { name: 'IZIPAY_EVENT_RESPONSE' } } }],
    ];
    for (const [shape, data] of shapes) {
      it(`from ${shape} that somebody else says in the library's name`, async () => {
        const { container } = await drawn();
        const heard = listen();
        const own = container.querySelector('iframe')!.contentWindow;
        say(data, location.origin, window);
        say(data, 'https://ads.example.com');
        say(data, 'https://evil-checkout.izipay.pe');
        say(data, 'https://ads.example.com', own);
        expect(heard()).to.equal(0);
        say(data, 'https://sandbox-checkout.izipay.pe');
        say(data, location.origin, own);
        expect(heard()).to.equal(2);
      });
    }

    it('open to all other messages', async () => {
      await drawn();
      const heard = listen();
      const circle: Json = {};
      circle.self = circle;
      for (const data of ['hello', 7, null, circle, new Uint8Array(8), { key: 'another' }]) say(data, 'https://ads.example.com');
      expect(heard()).to.equal(6);
    });

    it('guarded after the end of a form: the library still listens', async () => {
      const { controller } = await drawn();
      controller.abort();
      const heard = listen();
      say('IZIPAY_EVENT_RESPONSE', location.origin, window);
      expect(heard()).to.equal(0);
    });

    it('able to scroll after a pop-up, and without its frame', async () => {
      document.body.style.overflow = 'clip';
      const draws = () => {
        document.body.append(frame());
        document.body.style.overflow = 'hidden';
      };
      document.querySelector(`#${frameId}`)?.remove();
      const { controller } = await drawn({ config: { render: { typeForm: 'pop-up' } }, prepared: false, draws });
      controller.abort();
      expect(document.body.style.overflow).to.equal('clip');
      expect(document.getElementById(frameId)).to.equal(null);
      document.body.style.overflow = '';
    });

    it('able to forbid HTML from strings: the library empties its container by one', async () => {
      const { container } = await drawn();
      const own = Object.getOwnPropertyDescriptor(container, 'innerHTML')!;
      expect(container.childElementCount).to.equal(1);
      own.set!.call(container, '');
      expect(container.childElementCount).to.equal(0);
      own.set!.call(container, '<b>text</b>');
      expect(own.get!.call(container)).to.equal('<b>text</b>');
    });
  });

  it("reads Izipay's own JSON, and the refusal inside a 200", () => {
    const parse = (answer: unknown) => izipay.token.safeParse(answer);
    const answer = { code: '00', message: 'OK', response: { token: 'opaque' } };
    expect(parse(answer)).to.deep.equal({ success: true, data: { token: 'opaque' } });
    expect(parse({ Code: '00', Message: 'OK', Response: { Token: 'opaque' } })).to.have.nested.property('data.token', 'opaque');
    expect(parse({ ...answer, config: good })).to.have.nested.property('data.config.keyRSA', 'rsa');
    expect(parse({ ...answer, code: '96', message: 'Comercio no habilitado' })).to.have.nested.property(
      'data.refusal',
      'Comercio no habilitado',
    );
    expect(parse({ code: '00' }))
      .to.have.nested.property('data.refusal')
      .that.contains('no token');
  });

  it("takes a token's life from the token itself, whatever the clock says, and never makes it longer", () => {
    const jwt = (claims: object) => `head.${btoa(JSON.stringify(claims))}.tail`;
    const lifeOf = (answer: object) => (izipay.token.safeParse(answer) as { data: Json }).data.expiresIn;
    expect(lifeOf({ code: '00', response: { token: jwt({ iat: 1000, exp: 1900 }) } })).to.equal(900);
    expect(lifeOf({ token: jwt({ iat: 1000, exp: 1060 }), expiresIn: '600' })).to.equal(60);
    expect(lifeOf({ token: jwt({ iat: 1000, exp: 1900 }), expiresIn: 600 })).to.equal(600);
    expect(lifeOf({ token: jwt({ iat: 1000, exp: 1900 }), expiresAt: '2025-09-15T00:00:00Z' })).to.equal(undefined);
    for (const token of ['opaque', 'a.b.c', jwt({}), jwt({ exp: '1' })]) expect(lifeOf({ token })).to.equal(undefined);
  });
});

/** Says something to the page, as a frame of `origin` would. */
function say(data: unknown, origin: string, source: Window | null = null): void {
  window.dispatchEvent(new MessageEvent('message', { data, origin, source }));
}

/** Listens where the library does: on the window, and after the adapter. */
function listen(): () => number {
  const heard = spy();
  window.addEventListener('message', heard);
  return () => heard.callCount;
}
