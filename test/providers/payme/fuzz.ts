import type { ProviderFuzz } from '../../fuzz/provider-fuzz.js';
import { createBase, createPart, type QuickLibrary } from '../../fuzz/quick-library.js';
import { token } from '../../fuzz/secret.js';
import { oddStates } from '../../fuzz/values.js';

const response = {
  success: 'true',
  merchant_code: '4007701',
  merchant_operation_number: '123456',
  transaction: { state: 'AUTORIZADO', transaction_id: '250811190016', currency: '604', amount: '1050', token },
  meta: { status: { code: '00', message_ilgn: [{ locale: 'es_PE', value: 'Procesado' }] } },
};

const refusal = { meta: { status: { code: '99', message_ilgn: [{ value: 'No' }] } } };

export const fuzz: ProviderFuzz = {
  createLibrary,
  tokenAnswers: (config) => [
    { action: 'create.nonce', success: true, nonce: token, expires_in: '30', config },
    { action: 'create.nonce', success: false, nonce_creation: refusal },
  ],
  payloads: {
    responseCallback: [response],
    trackingCallback: [{ step: 'load' }],
    onErrorCallback: [{ message: 'Cerro el carrito' }, { error: { message: 'cerro el carrito' } }, { message: `500 ${token}` }],
  },
  special: { 'transaction.state': oddStates, message: oddStates, error: oddStates },
  states: ['ready', 'succeeded', 'pending', 'failed', 'cancelled'],
  isSuccess: (callback, { transaction }) =>
    callback === 'responseCallback' && (transaction as { state?: unknown } | null)?.state === 'AUTORIZADO',
};

function createLibrary(): QuickLibrary {
  const quick = createBase();
  const library = class {
    #target?: Element;
    constructor({ nonce }: { nonce: unknown }) {
      quick.tokens.push(nonce);
    }
    init(target: Element, ...callbacks: ((payload?: unknown) => unknown)[]) {
      this.#target = target;
      ['responseCallback', 'trackingCallback', 'onErrorCallback'].forEach((name, n) => quick.callbacks.set(name, callbacks[n]!));
      quick.onOpening();
      target.append(createPart('div', 'payment-method-wrapper'));
    }
    terminate() {
      this.#target!.replaceChildren();
    }
  };
  return Object.assign(quick, { library });
}
