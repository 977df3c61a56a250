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

interface Instance {
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

interface FakeOptions {
  config?: Json;
  /** Whether the script has already added its frame. */
  prepared?: boolean;
  /** Draws for each `LoadForm`; by default a frame in the container. */
  draws?: (container: HTMLElement, n: number) => void;
  methods?: string[];
  context?: Partial<MountContext<IzipayConfig>>;
  loads?: () => Promise<void>;
}

/** Mounts a form with a fake library, whose callbacks the test calls. */
function mountWithFakeLibrary({
  config = {},
  prepared = true,
  draws,
  methods = ['onReady', 'onCancel', 'onSessionTimeout', 'onClick'],
  ...options
}: FakeOptions = {}) {
  const controller = new AbortController();
  attempts.push(controller);
  const container = Object.assign(document.createElement('div'), { id: `mount-${attempts.length}` });
  document.body.append(container);
  controller.signal.addEventListener('abort', () => container.remove());
  const made: Instance[] = [];
  const library = class {
    constructor({ config: given }: { config: Json }) {
      const on: Record<string, Callback> = {};
      Object.assign(this, {
        LoadForm: (loaded: Json & { callbackResponse: Callback }) => {
          made.push({ given, loaded, callback: loaded.callbackResponse, on });
          for (const name of methods) Object.assign(this, { [name]: (callback: Callback) => void (on[name] = callback) });
          if (draws) draws(container, made.length);
          else container.append(frame());
          return options.loads?.() ?? Promise.resolve();
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
    ...{ onRemoved: () => {}, touched: new AbortController().signal },
    ...{ assets: izipay.assets.sandbox!, onUncertain: () => {} },
    ...options.context,
  });
  mounted.catch(() => {});
  return { made, report, onTouched, mounted, container, controller, loaded: () => until(() => made.length > 0, 'LoadForm') };
}

async function failureOf(promise: Promise<unknown>): Promise<CheckoutError> {
  return promise.then(
    () => expect.fail('The promise should reject.'),
    (error: CheckoutError) => error,
  );
}

describe('izipay', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = fakeClock();
  });
  afterEach(() => {
    for (const controller of attempts.splice(0)) controller.abort();
    for (const left of document.querySelectorAll(`#${frameId}`)) left.remove();
    clock.restore();
  });

  const drawn = async (options: FakeOptions = {}) => {
    const form = mountWithFakeLibrary(options);
    await form.loaded();
    return { ...form, ...form.made[0]! };
  };

  describe('opening a form', () => {
    it('passes the token and the key to LoadForm, and a config without them', async () => {
      const { loaded, given } = await drawn();
      expect(loaded).to.include({ authorization: 'jwt', keyRSA: 'rsa' });
      expect(given).to.not.have.property('keyRSA');
    });

    it('adds only the container, the embedded type and the language to the config', async () => {
      const { given, container } = await drawn();
      const { keyRSA: _, ...rest } = good;
      expect(given).to.deep.equal({
        ...rest,
        render: { typeForm: 'embedded', container: `#${container.id}` },
        language: { init: 'ESP' },
      });
    });

    it('keeps the type, the language and unknown keys of the config', async () => {
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

    it('waits until the script has added its frame, because an earlier form is lost', async () => {
      const { made, mounted } = mountWithFakeLibrary({ prepared: false });
      await clock.tickAsync(90);
      expect(made).to.have.length(0);
      document.body.append(frame(false));
      await until(() => made.length === 1, 'LoadForm');
      made[0]!.on.onReady!();
      await mounted;
    });

    it('opens the form after a second if the script adds no frame', async () => {
      const { made } = mountWithFakeLibrary({ prepared: false });
      await clock.tickAsync(990);
      expect(made).to.have.length(0);
      await clock.tickAsync(10);
      expect(made).to.have.length(1);
    });

    it('does not open the form with a token that expired while the script added its frame', async () => {
      const { mounted, made } = mountWithFakeLibrary({ context: { isExpired: () => true } });
      expect(await failureOf(mounted)).to.include({ code: 'provider', reason: 'session' });
      expect(made).to.have.length(0);
    });

    it('opens a lost form once more, and ignores the callback of the first', async () => {
      const { made, report } = mountWithFakeLibrary({ draws: (container, n) => n > 1 && container.append(frame()) });
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

    it('is ready when the library reports it', async () => {
      const { on, mounted } = await drawn();
      let isReady = false;
      void mounted.then(() => (isReady = true));
      await clock.tickAsync(5_000);
      expect(isReady).to.equal(false);
      on.onReady!();
      await mounted;
    });

    it('is ready with its frame if the library has no onReady', async () => {
      const { mounted } = await drawn({ methods: [] });
      await clock.tickAsync(300);
      await mounted;
    });

    it('is ready after 20 s with a frame whose onReady was never called', async () => {
      const { mounted } = await drawn();
      await clock.tickAsync(21_000);
      await mounted;
    });

    it('fails after 20 s if no frame has a size', async () => {
      const { mounted } = await drawn({ draws: (container) => container.append(frame(false)) });
      await clock.tickAsync(21_000);
      expect(await failureOf(mounted)).to.include({ code: 'provider', reason: 'timeout' });
    });

    it('rejects with the error of `LoadForm`', async () => {
      const { mounted } = mountWithFakeLibrary({ loads: () => Promise.reject(new RangeError('jwt')) });
      expect(await failureOf(mounted)).to.be.an.instanceOf(RangeError);
    });

    it('names the fields that the library refused, and does not quote its message', async () => {
      for (const errors of [
        { entryData: { 'order.amount': { message: 'jwt', value: 'jwt' } } },
        { invalidProperties: ['order.amount', '<jwt>'] },
      ]) {
        const library = class {
          constructor() {
            throw Object.assign(new Error('jwt is wrong'), { Errors: errors });
          }
        };
        const { mounted, controller } = mountWithFakeLibrary({ context: { library } });
        const error = await failureOf(mounted);
        expect(error.message).to.equal("Izipay's library refused `order.amount` of its config.");
        controller.abort();
      }
    });

    it('fails with already-open until the first form ends', async () => {
      const { controller, mounted, on } = await drawn();
      on.onReady!();
      await mounted;
      expect(await failureOf(mountWithFakeLibrary().mounted)).to.include({ code: 'config', reason: 'already-open', retryable: true });
      controller.abort();
      await drawn();
    });

    it('takes the page over from an untouched form that is hidden, and leaves it to one that was touched', async () => {
      const hide = async (touched: AbortSignal) => {
        const onRemoved = spy(() => hidden.controller.abort());
        const hidden = await drawn({ context: { onRemoved, touched } });
        hidden.on.onReady!();
        await hidden.mounted;
        hidden.container.style.display = 'none';
        return { ...hidden, onRemoved };
      };
      const touched = await hide(AbortSignal.abort());
      expect(await failureOf(mountWithFakeLibrary().mounted)).to.include({ reason: 'already-open' });
      expect(touched.onRemoved.callCount).to.equal(0);
      touched.controller.abort();
      const untouched = await hide(new AbortController().signal);
      await drawn();
      expect(untouched.onRemoved.callCount).to.equal(1);
    });

    for (const cover of ['dialog', 'popover'] as const) {
      it(`shows a pop-up above the ${cover} that contains the element`, async () => {
        const place = document.body.appendChild(document.createElement(cover === 'dialog' ? 'dialog' : 'div'));
        const opened = await drawn({
          config: { render: { typeForm: 'pop-up' } },
          draws(container) {
            place.append(container);
            if (place instanceof HTMLDialogElement) place.showModal();
            else Object.assign(place, { popover: 'manual' }).showPopover();
            document.getElementById(frameId)?.remove();
            document.body.append(Object.assign(frame(), { style: 'position: fixed; inset: 0; width: 100vw; height: 100vh' }));
          },
        });
        opened.on.onReady!();
        await opened.mounted;
        expect(document.elementFromPoint(innerWidth / 2, innerHeight / 2)).to.equal(document.getElementById(frameId));
        opened.controller.abort();
        expect(document.getElementById(frameId)).to.equal(null);
        place.remove();
      });
    }

    it('marks the frame of a pop-up as a part of its form', async () => {
      const { container, on, mounted } = await drawn({
        config: { render: { typeForm: 'pop-up' } },
        draws: () => document.body.append(frame()),
        prepared: false,
      });
      on.onReady!();
      await mounted;
      expect([...document.getElementsByClassName(container.id)].map(({ id }) => id)).to.deep.equal([frameId]);
    });

    it('needs a gesture for a pop-up and a redirect', () => {
      const needs = (render?: Json) => izipay.needsGesture!({ ...good, ...(render && { render }) });
      expect([needs(), needs({}), needs({ typeForm: 'embedded' })]).to.deep.equal([false, false, false]);
      expect([needs({ typeForm: 'pop-up' }), needs({ typeForm: 'redirect' })]).to.deep.equal([true, true]);
    });

    it('reports that the shopper uses the form when the library does, and for a pop-up at once', async () => {
      const { on, onTouched, controller } = await drawn();
      expect(onTouched.callCount).to.equal(0);
      on.onClick!();
      expect(onTouched.callCount).to.equal(1);
      controller.abort();
      const popUp = await drawn({ config: { render: { typeForm: 'pop-up' } }, draws: () => document.body.append(frame()) });
      expect(popUp.onTouched.callCount).to.equal(1);
    });
  });

  describe('reporting outcomes', () => {
    const signed = { payloadHttp: '{"code":"00"}', signature: 'AAAA' };
    const stated = (stateMessage: unknown): Json => ({ response: { order: [{ stateMessage }] } });
    const outcomes: [string, Json, object][] = [
      ['a signed 00', { code: '00', ...signed }, { status: 'succeeded' }],
      ['a signed T05', { code: 'T05', ...signed }, { status: 'failed', code: 'declined' }],
      ['a signed Y06', { code: 'Y06', ...signed }, { status: 'failed', code: 'declined' }],
      ['a signed 007', { code: '007', ...signed }, { status: 'failed', code: 'declined' }],
      ['a signed code that is unknown', { code: 'Z01', message: 'secret', ...signed }, { status: 'pending' }],
      ['a signed code above its family', { code: 'P35', ...signed }, { status: 'pending' }],
      ['a signed P54', { code: 'P54', ...signed }, { status: 'pending' }],
      ['a signed result without a code', signed, { status: 'pending' }],
      ['a signed code without a text', { code: Object.create(null) as object, ...signed }, { status: 'pending' }],
      ['an unknown code with the state Denegado', { code: '12', ...stated('Denegado'), ...signed }, { status: 'failed', code: 'declined' }],
      ['an unknown code with the state Autorizado', { code: '12', ...stated('Autorizado'), ...signed }, { status: 'pending' }],
      ['an unknown code with a state that is unreadable', { code: '12', ...stated({}), ...signed }, { status: 'pending' }],
      ['a signed 021 with the state Denegado', { code: '021', ...stated('Denegado'), ...signed }, { status: 'pending' }],
      ['a signed 00 with the state Denegado', { code: '00', ...stated('Denegado'), ...signed }, { status: 'succeeded' }],
      ['a T05 with half a signature', { code: 'T05', payloadHttp: '{}' }, { status: 'failed', code: 'provider' }],
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
      it(`reports ${what} as ${code ?? status}, and does not quote the library`, async () => {
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

    it('fails to open, and reports nothing, on a technical error before the form is open', async () => {
      const { callback, report, mounted } = await drawn();
      callback({ code: 'A02', message: 'secret' });
      expect(await failureOf(mounted)).to.include({ code: 'provider', reason: 'session', retryable: true });
      await settled();
      expect(report.callCount).to.equal(0);
    });

    it('reports a technical error of a pop-up at once, because the shopper may pay before it is ready', async () => {
      const config = { render: { typeForm: 'pop-up' } };
      const { callback, report } = await drawn({ config, draws: () => document.body.append(frame()) });
      callback({ code: 'A02' });
      await settled();
      expect(report.firstCall.args[0]).to.have.nested.property('error.reason', 'session');
    });

    it("reports the library's own object and the provider's reference", async () => {
      const response = { code: '00', transactionId: 't', response: { order: [{ uniqueId: 'u-1' }] }, ...signed };
      const { callback, report } = await drawn();
      callback(response);
      await settled();
      expect(report.firstCall.args[0]).to.deep.equal({ status: 'succeeded', reference: 'u-1', raw: response });
    });

    it('reads the payment of an older response, which is no list', async () => {
      const { callback, report } = await drawn();
      callback({ code: '00', response: { order: { uniqueId: 'u-1' } }, ...signed });
      callback({ code: '12', response: { order: { stateMessage: 'Denegado' } }, ...signed });
      callback({ code: '00', transactionId: 't', response: { order: null }, ...signed });
      await settled();
      const reported = report.args.map(([outcome]) => [outcome.status, 'reference' in outcome && outcome.reference]);
      expect(reported).to.deep.equal([
        ['succeeded', 'u-1'],
        ['failed', false],
        ['succeeded', 't'],
      ]);
    });

    it('ignores an unreadable payload without throwing', async () => {
      const { callback, report } = await drawn();
      callback(unreadable());
      callback({ ...signed, code: '00', response: unreadable() });
      await settled();
      expect(report.callCount).to.equal(0);
    });

    it('reports each of four calls', async () => {
      const { callback, report } = await drawn();
      for (const code of ['T05', '00', '00', '021']) callback({ code, ...signed });
      await settled();
      expect(report.callCount).to.equal(4);
    });

    for (const [event, status] of [
      ['IZIPAY_EVENT_CLOSE', 'cancelled'],
      ['IZIPAY_EVENT_INACTIVITY', 'expired'],
    ] as const) {
      it(`reports a callback after ${event} as ${status}`, async () => {
        const { callback, report } = await drawn();
        postMessageAs({ key: event }, 'https://sandbox-checkout.izipay.pe');
        callback({});
        await settled();
        expect(report.firstCall.args[0]).to.deep.equal({ status });
      });
    }

    it('reports onCancel and onSessionTimeout, but not after a result', async () => {
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

    it('reports only its own transaction after the form was removed', async () => {
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

    it('ignores the transaction of another form', async () => {
      const earlier = await drawn();
      earlier.controller.abort();
      const later = await drawn({ config: { transactionId: 'later' } });
      const late = { code: '00', transactionId: good.transactionId, ...signed };
      for (const { callback } of [earlier, later]) callback(late);
      await settled();
      expect([earlier.report.callCount, later.report.callCount]).to.deep.equal([1, 0]);
    });

    it('reports an unknown transaction while the form is open, because the id may be formatted in another way', async () => {
      const { callback, report } = await drawn();
      callback({ code: '00', transactionId: `0${good.transactionId}`, ...signed });
      await settled();
      expect(report.callCount).to.equal(1);
    });

    it('reports cancelled when the shopper returns from a redirect by the back button', async () => {
      const { report } = await drawn({ config: { render: { typeForm: 'redirect' } }, draws: () => {}, methods: [] });
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
      expect(report.callCount).to.equal(0);
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      expect(report.firstCall.args[0]).to.deep.equal({ status: 'cancelled' });
    });
  });

  describe('containing the page', () => {
    const shapes: [string, unknown][] = [
      ['an object', { key: 'IZIPAY_EVENT_RESPONSE', data: { code: '00' } }],
      ['JSON', JSON.stringify({ key: 'IZIPAY_EVENT_RESPONSE' })],
      ['a bare name', 'IZIPAY_EVENT_RESPONSE'],
      ['a name that is a key', { IZIPAY_EVENT_RESPONSE: {} }],
      ['an object in an object', { data: { event: { name: 'IZIPAY_EVENT_RESPONSE' } } }],
    ];
    for (const [shape, data] of shapes) {
      it(`stops a forged message: ${shape}`, async () => {
        const { container } = await drawn();
        const count = countMessages();
        const own = container.querySelector('iframe')!.contentWindow;
        postMessageAs(data, location.origin, window);
        postMessageAs(data, 'https://ads.example.com');
        postMessageAs(data, 'https://evil-checkout.izipay.pe');
        postMessageAs(data, 'https://ads.example.com', own);
        expect(count()).to.equal(0);
        postMessageAs(data, 'https://sandbox-checkout.izipay.pe');
        postMessageAs(data, location.origin, own);
        expect(count()).to.equal(2);
      });
    }

    it('passes on all other messages', async () => {
      await drawn();
      const count = countMessages();
      const circle: Json = {};
      circle.self = circle;
      for (const data of ['hello', 7, null, circle, new Uint8Array(8), { key: 'another' }]) postMessageAs(data, 'https://ads.example.com');
      expect(count()).to.equal(6);
    });

    it('stops forged messages after the form ended, because the library still listens', async () => {
      const { controller } = await drawn();
      controller.abort();
      const count = countMessages();
      postMessageAs('IZIPAY_EVENT_RESPONSE', location.origin, window);
      expect(count()).to.equal(0);
    });

    it('restores scrolling and removes the frame after a pop-up', async () => {
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

    it('empties the container without parsing HTML, which Trusted Types forbid', async () => {
      const { container } = await drawn();
      const own = Object.getOwnPropertyDescriptor(container, 'innerHTML')!;
      expect(container.childElementCount).to.equal(1);
      own.set!.call(container, '');
      expect(container.childElementCount).to.equal(0);
      own.set!.call(container, '<b>text</b>');
      expect(own.get!.call(container)).to.equal('<b>text</b>');
    });
  });

  it("reads Izipay's own JSON, and a refusal with status 200", () => {
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

  it("limits the lifetime to the token's own, without a clock", () => {
    const jwt = (claims: object) => `head.${btoa(JSON.stringify(claims))}.tail`;
    const lifeOf = (answer: object) => (izipay.token.safeParse(answer) as { data: Json }).data.expiresIn;
    expect(lifeOf({ code: '00', response: { token: jwt({ iat: 1000, exp: 1900 }) } })).to.equal(900);
    expect(lifeOf({ token: jwt({ iat: 1000, exp: 1060 }), expiresIn: '600' })).to.equal(60);
    expect(lifeOf({ token: jwt({ iat: 1000, exp: 1900 }), expiresIn: 600 })).to.equal(600);
    expect(lifeOf({ token: jwt({ iat: 1000, exp: 1900 }), expiresAt: '2025-09-15T00:00:00Z' })).to.equal(undefined);
    for (const token of ['opaque', 'a.b.c', jwt({}), jwt({ exp: '1' })]) expect(lifeOf({ token })).to.equal(undefined);
  });
});

/** Posts a message to the page, as a frame of `origin` would. */
function postMessageAs(data: unknown, origin: string, source: Window | null = null): void {
  window.dispatchEvent(new MessageEvent('message', { data, origin, source }));
}

/** Counts the messages that the library would receive: those on the window, after the adapter. */
function countMessages(): () => number {
  const count = spy();
  window.addEventListener('message', count);
  return () => count.callCount;
}
