import { expect } from '@open-wc/testing';
import { spy } from 'sinon';
import { payme } from '../../../../src/providers/payme/browser/adapter.js';
import type { FlexConfig } from '../../../../src/providers/payme/contract.js';
import type { MountContext, Outcome } from '../../../../src/providers/provider.js';
import { unreadable } from '../../../support/unreadable.js';
import { settled } from '../../../support/work.js';

type Callback = (value: unknown) => void;

/** A library whose callbacks are in the test's hands. */
function mountByHand(config: Partial<FlexConfig> = {}, context: Partial<MountContext<FlexConfig>> = {}) {
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

describe('the Pay-me adapter', () => {
  it('has constructed and initialised the form before it first waits', () => {
    const { calls, given } = mountByHand();
    expect(calls).to.deep.equal(['constructor', 'init']);
    expect(given[0]).to.include({ nonce: 'nonce' });
  });

  it('turns the result screen off unless told otherwise, since declines are never reported with it', () => {
    expect(mountByHand().given[0]!.settings).to.deep.equal({ display_result_screen: false });
    const settings = { display_result_screen: true, show_close_button: false };
    expect(mountByHand({ settings }).given[0]!.settings).to.deep.equal(settings);
  });

  it('hands the library a copy, which it may change', () => {
    const settings = Object.freeze({ show_border: true });
    const { given } = mountByHand(Object.freeze({ settings }));
    expect(given[0]).to.have.property('mutated', true);
    expect(given[0]!.settings).to.not.equal(settings);
  });

  it('opens the form in the language of our texts, unless the page says how', () => {
    expect(mountByHand({}, { locale: 'en-US' }).given[0]!.i18n).to.include({ default_language: 'en' });
    expect(mountByHand({}, { locale: 'pt' }).given[0]!.i18n).to.include({ default_language: 'es' });
    expect(mountByHand({ i18n: { mode: 'single' } }).given[0]!.i18n).to.deep.equal({ mode: 'single' });
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
    ['EXTORNADO', { status: 'failed' }],
  ];
  for (const [state, outcome] of outcomes) {
    it(`reports the state ${state ?? 'that is missing'} by itself, whatever the technical code says`, async () => {
      const { respond, report } = mountByHand();
      respond(response(state));
      await settled();
      expect(report.firstCall.args[0]).to.include(outcome);
    });
  }

  it('takes a response that cannot be read for one without a state, and an error for a failure; neither throws', async () => {
    const { respond, fail, report } = mountByHand();
    respond(unreadable());
    fail(unreadable());
    await settled();
    expect(report.args.map(([{ status }]) => status)).to.deep.equal(['pending', 'failed']);
  });

  it('passes on every call of the library, for others to judge', async () => {
    const { respond, report } = mountByHand();
    respond(response('AUTORIZADO'));
    respond(response('AUTORIZADO'));
    await settled();
    expect(report.callCount).to.equal(2);
  });

  it('reports outside of the library, which must not be terminated in its own callback', () => {
    const { respond, report } = mountByHand();
    respond(response('AUTORIZADO'));
    expect(report.callCount).to.equal(0);
  });

  for (const text of [
    'Cerro el carrito',
    'cerro el carrito',
    { message: ' CERRO EL CARRITO ' },
    { error: { message: 'Cerro el carrito' } },
  ]) {
    it(`takes ${JSON.stringify(text)} for the close button`, async () => {
      const { fail, report } = mountByHand();
      fail(text);
      await settled();
      expect(report.firstCall.args[0]).to.deep.equal({ status: 'cancelled' });
    });
  }

  for (const error of [undefined, null, 7, 'network', { message: 'boom' }, {}]) {
    it(`takes the error ${JSON.stringify(error)} for a failure, without its words`, async () => {
      const { fail, report } = mountByHand();
      fail(error);
      await settled();
      expect(report.firstCall.args[0]).to.have.nested.property('error.reason', 'session');
      expect(JSON.stringify(report.firstCall.args[0])).to.not.contain('boom');
    });
  }

  it('takes a promise that init breaks for a failure', async () => {
    const library = class {
      init(target: Element) {
        target.append(Object.assign(document.createElement('p'), { className: 'payment-method-wrapper', textContent: 'form' }));
        return Promise.reject(new Error('boom'));
      }
    };
    const container = document.body.appendChild(document.createElement('div'));
    const { report } = mountByHand({}, { library, container });
    await settled();
    expect(report.firstCall.args[0]).to.have.nested.property('error.reason', 'session');
  });

  it('finishes nothing on what the library tracks', async () => {
    const { track, report } = mountByHand();
    track({ event: 'cancel' });
    await settled();
    expect(report.callCount).to.equal(0);
  });

  it('terminates the form before its container is emptied', async () => {
    const { calls, controller, mounted } = mountByHand();
    await mounted;
    controller.abort();
    expect(calls.at(-1)).to.equal('terminate with 1');
  });

  it('survives a library without terminate, and one whose terminate throws', async () => {
    for (const terminate of [undefined, () => expect.fail('as it does before init')]) {
      const controller = new AbortController();
      const library = class {
        terminate = terminate;
        init(target: Element) {
          target.append(Object.assign(document.createElement('p'), { className: 'payment-method-wrapper', textContent: 'form' }));
        }
      };
      await mountByHand({}, { library, signal: controller.signal, container: document.body.appendChild(document.createElement('div')) })
        .mounted;
      expect(() => controller.abort()).to.not.throw();
    }
  });

  it("reads Pay-me's own JSON, and the refusal inside a 200", () => {
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
