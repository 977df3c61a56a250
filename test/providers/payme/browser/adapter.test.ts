import { expect } from '@open-wc/testing';
import { spy } from 'sinon';
import { payme } from '../../../../src/providers/payme/browser/adapter.js';
import type { FlexConfig } from '../../../../src/providers/payme/contract.js';
import type { MountContext, Outcome } from '../../../../src/providers/provider.js';
import { unreadable } from '../../../support/unreadable.js';
import { settled } from '../../../support/work.js';

type Callback = (value: unknown) => void;

/** Mounts a form with a fake library, whose callbacks the test calls. */
function mountWithFakeLibrary(config: Partial<FlexConfig> = {}, context: Partial<MountContext<FlexConfig>> = {}) {
  const controller = new AbortController();
  const container = document.createElement('div');
  document.body.append(container);
  const calls: string[] = [];
  const given: Record<string, unknown>[] = [];
  let callbacks: [Callback, Callback, Callback] | undefined;
  const library = class {
    constructor(options: Record<string, unknown>) {
      given.push(options);
      Object.assign(options, { mutated: true });
      calls.push('constructor');
    }
    init(_target: Element, ...rest: [Callback, Callback, Callback]) {
      callbacks = rest;
      calls.push('init');
      container.append(Object.assign(document.createElement('p'), { className: 'payment-method-wrapper', textContent: 'form' }));
    }
    terminate() {
      calls.push(`terminate with ${container.childElementCount}`);
    }
  };
  const report = spy<(outcome: Outcome) => void>(() => {});
  const payload = {
    action: 'authorize',
    channel: 'ecommerce',
    merchant_code: 'm',
    merchant_operation_number: '100200300',
    payment_details: { amount: '1050', currency: '604', billing: {} },
  };
  const mounted = payme.mount({
    ...{ token: 'nonce', config: { payload, ...config }, environment: 'sandbox', locale: 'es-PE', container, library },
    ...{ signal: controller.signal, report, onTouched: () => {}, isExpired: () => false },
    ...{ onRemoved: () => {}, touched: new AbortController().signal },
    ...{ assets: payme.assets.sandbox!, onUncertain: () => {} },
    ...context,
  });
  return {
    ...{ calls, given, report, mounted, container, controller },
    respond: (value: unknown) => callbacks![0](value),
    track: (value: unknown) => callbacks![1](value),
    fail: (value: unknown) => callbacks![2](value),
  };
}

const response = (state?: string) => ({ meta: { status: { code: '00' } }, transaction: { transaction_id: 't-1', state } });

describe('payme', () => {
  it('constructs and initialises the form before its first await', () => {
    const { calls, given } = mountWithFakeLibrary();
    expect(calls).to.deep.equal(['constructor', 'init']);
    expect(given[0]).to.include({ nonce: 'nonce' });
  });

  it('disables the result screen by default, because the library reports no decline with it', () => {
    expect(mountWithFakeLibrary().given[0]!.settings).to.deep.equal({ display_result_screen: false });
    const settings = { display_result_screen: true, show_close_button: false };
    expect(mountWithFakeLibrary({ settings }).given[0]!.settings).to.deep.equal(settings);
  });

  it('passes the library a copy of the config, which the library may change', () => {
    const settings = Object.freeze({ show_border: true });
    const { given } = mountWithFakeLibrary(Object.freeze({ settings }));
    expect(given[0]).to.have.property('mutated', true);
    expect(given[0]!.settings).to.not.equal(settings);
  });

  it('opens the form in the language of our texts, unless the config has i18n', () => {
    expect(mountWithFakeLibrary({}, { locale: 'en-US' }).given[0]!.i18n).to.include({ default_language: 'en' });
    expect(mountWithFakeLibrary({}, { locale: 'pt' }).given[0]!.i18n).to.include({ default_language: 'es' });
    expect(mountWithFakeLibrary({ i18n: { mode: 'single' } }).given[0]!.i18n).to.deep.equal({ mode: 'single' });
  });

  const outcomes: [string | undefined, object][] = [
    ['AUTORIZADO', { status: 'succeeded', reference: 't-1' }],
    ['PENDIENTE', { status: 'pending', reference: 't-1' }],
    ['REGISTRADO', { status: 'pending', reference: 't-1' }],
    [undefined, { status: 'pending', reference: 't-1' }],
    ['DENEGADO', { status: 'failed' }],
    ['INVALIDO', { status: 'failed' }],
    ['CANCELADO', { status: 'failed' }],
    ['EXPIRADO', { status: 'failed' }],
    // The backend knows these, or has to find out.
    ...['EXTORNADO', 'LIQUIDADO', 'DEPOSITADO', 'EN PROCESO', 'autorizado', 'denegado', 'DENEGADO ', ''].map((state): [string, object] => [
      state,
      { status: 'pending', reference: 't-1' },
    ]),
  ];
  for (const [state, outcome] of outcomes) {
    it(`reports the state ${JSON.stringify(state) ?? 'that is missing'} as ${JSON.stringify(outcome)}, whatever the technical code`, async () => {
      const { respond, report } = mountWithFakeLibrary();
      respond(response(state));
      await settled();
      expect(report.firstCall.args[0]).to.include(outcome);
    });
  }

  it('hides the form of a pending card payment, under its spinner, and shows a code or a QR', () => {
    const { respond, container } = mountWithFakeLibrary();
    const respondBy = (method_name: string) => respond({ transaction: { state: 'PENDIENTE', payment_method: { method_name } } });
    respondBy('CARD');
    expect(container.hidden).to.equal(true);
    respondBy('QR');
    expect(container.hidden).to.equal(false);
  });

  it('names the state of a declined payment', async () => {
    const { respond, report } = mountWithFakeLibrary();
    respond(response('INVALIDO'));
    await settled();
    expect(report.firstCall.args[0])
      .to.have.property('error')
      .that.includes({ code: 'declined', message: 'Pay-me reported the transaction as INVALIDO.' });
  });

  it('treats an unreadable response as pending and an unreadable error as a failure', async () => {
    const { respond, fail, report } = mountWithFakeLibrary();
    respond(unreadable());
    fail(unreadable());
    await settled();
    expect(report.args.map(([{ status }]) => status)).to.deep.equal(['pending', 'failed']);
  });

  it('reports each call of the library, even a repeated one', async () => {
    const { respond, report } = mountWithFakeLibrary();
    respond(response('AUTORIZADO'));
    respond(response('AUTORIZADO'));
    await settled();
    expect(report.callCount).to.equal(2);
  });

  it("reports after the library's callback has returned, because the library must not be terminated within it", () => {
    const { respond, report } = mountWithFakeLibrary();
    respond(response('AUTORIZADO'));
    expect(report.callCount).to.equal(0);
  });

  for (const text of [
    'Cerro el carrito',
    'cerro el carrito',
    { message: ' CERRO EL CARRITO ' },
    { error: { message: 'Cerro el carrito' } },
  ]) {
    it(`treats ${JSON.stringify(text)} as the close button`, async () => {
      const { fail, report } = mountWithFakeLibrary();
      fail(text);
      await settled();
      expect(report.firstCall.args[0]).to.deep.equal({ status: 'cancelled' });
    });
  }

  for (const error of [undefined, null, 7, 'network', { message: 'boom' }, {}]) {
    it(`treats the error ${JSON.stringify(error)} as a failure, and does not quote it`, async () => {
      const { fail, report } = mountWithFakeLibrary();
      fail(error);
      await settled();
      expect(report.firstCall.args[0]).to.have.nested.property('error.reason', 'session');
      expect(JSON.stringify(report.firstCall.args[0])).to.not.contain('boom');
    });
  }

  it('treats a rejected promise of init as a failure', async () => {
    const library = class {
      init(target: Element) {
        target.append(Object.assign(document.createElement('p'), { className: 'payment-method-wrapper', textContent: 'form' }));
        return Promise.reject(new Error('boom'));
      }
    };
    const container = document.body.appendChild(document.createElement('div'));
    const { report } = mountWithFakeLibrary({}, { library, container });
    await settled();
    expect(report.firstCall.args[0]).to.have.nested.property('error.reason', 'session');
  });

  it('reports no outcome for tracking events', async () => {
    const { track, report } = mountWithFakeLibrary();
    track({ event: 'cancel' });
    await settled();
    expect(report.callCount).to.equal(0);
  });

  it('terminates the form before its container is emptied', async () => {
    const { calls, controller, mounted } = mountWithFakeLibrary();
    await mounted;
    controller.abort();
    expect(calls.at(-1)).to.equal('terminate with 1');
  });

  it('accepts a library without terminate, and one whose terminate throws', async () => {
    for (const terminate of [undefined, () => expect.fail('as it does before init')]) {
      const controller = new AbortController();
      const library = class {
        terminate = terminate;
        init(target: Element) {
          target.append(Object.assign(document.createElement('p'), { className: 'payment-method-wrapper', textContent: 'form' }));
        }
      };
      await mountWithFakeLibrary(
        {},
        { library, signal: controller.signal, container: document.body.appendChild(document.createElement('div')) },
      ).mounted;
      expect(() => controller.abort()).to.not.throw();
    }
  });

  it("reads Pay-me's own JSON, and a refusal with status 200", () => {
    const status = { code: '01', message_ilgn: [{ locale: 'es_PE', value: 'Cliente no habilitado' }] };
    const parse = (answer: object) => payme.token.safeParse(answer);
    const nonce = { action: 'create.nonce', success: true, nonce: 'n', scope: 'post:charges', expires_in: 30 };
    expect(parse(nonce)).to.deep.equal({ success: true, data: { token: 'n', expiresIn: 30 } });
    expect(parse({ ...nonce, success: 'true', expires_in: '30', config: { payload: {} } })).to.have.nested.property('data.config');
    expect(parse({ action: 'create.nonce', success: false, nonce_creation: { meta: { status } } })).to.have.nested.property(
      'data.refusal',
      'Cliente no habilitado',
    );
    expect(parse({ action: 'create.nonce', success: true }))
      .to.have.nested.property('data.refusal')
      .that.contains('no nonce');
  });
});
