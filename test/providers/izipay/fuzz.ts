import fc from 'fast-check';
import type { ProviderFuzz } from '../../fuzz/provider-fuzz.js';
import { createBase, createPart, type QuickLibrary } from '../../fuzz/quick-library.js';
import { token } from '../../fuzz/secret.js';
import { isText, oddStates } from '../../fuzz/values.js';

const transactionId = 'transaction-1';

const response = {
  code: '00',
  message: 'OK',
  transactionId,
  payloadHttp: `{"code":"00","token":"${token}"}`,
  signature: 'c2lnbmF0dXJl',
  response: { order: [{ uniqueId: 'u-1', orderNumber: 'A-1001' }], token },
};

const codes = fc.constantFrom('00', '021', 'COMMUNICATION_ERROR', 'P54', '05', 0, '', ['00'], token);

const hooks = ['onReady', 'onCancel', 'onError', 'onSessionTimeout', 'onSubmit', 'onClick', 'onFormValid', 'onPaymentMethodSelected'];

export const fuzz: ProviderFuzz = {
  createLibrary,
  tokenAnswers: (config) => [
    { code: '00', message: 'OK', response: { token }, config },
    { code: '05', message: 'Denegado', response: {} },
  ],
  config: { transactionId },
  payloads: { callbackResponse: [response], ...Object.fromEntries(hooks.map((hook) => [hook, [{}]])) },
  special: { code: codes, payloadHttp: fc.constantFrom('', null, {}), signature: fc.constantFrom('', null, 7), response: oddStates },
  states: ['ready', 'succeeded', 'pending', 'failed', 'cancelled', 'expired'],
  isSuccess: (callback, { code, payloadHttp, signature }) =>
    callback === 'callbackResponse' && code === '00' && isText(payloadHttp) && isText(signature),
  isOwn: ({ transactionId: id = transactionId }) => id === transactionId,
};

function createLibrary(): QuickLibrary {
  const quick = createBase();
  const library = class {
    readonly #container: string;
    constructor({ config }: { config: { render: { container: string } } }) {
      this.#container = config.render.container;
      quick.callbacks.clear();
      for (const name of hooks) Object.assign(this, { [name]: (callback: () => void) => this.#listen(name, callback) });
    }
    LoadForm({ authorization, callbackResponse }: { authorization: unknown; callbackResponse: (payload?: unknown) => unknown }) {
      quick.tokens.push(authorization);
      quick.callbacks.set('callbackResponse', callbackResponse);
      document.querySelector(this.#container)!.append(createPart('div', ''));
      quick.onOpening();
      return Promise.resolve();
    }
    #listen(name: string, callback: () => void) {
      quick.callbacks.set(name, callback);
      if (name === 'onReady') queueMicrotask(callback);
    }
  };
  return Object.assign(quick, { library });
}
