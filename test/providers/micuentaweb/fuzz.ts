import fc from 'fast-check';
import { createBase, type QuickLibrary } from '../../fuzz/quick-library.js';
import type { ProviderFuzz } from '../../fuzz/provider-fuzz.js';
import { token } from '../../fuzz/secret.js';
import { isText } from '../../fuzz/values.js';

const order = {
  orderStatus: 'PAID',
  orderCycle: 'CLOSED',
  transactions: [{ uuid: 'u-1', creationDate: '2026-03-01T12:00:00+00:00' }],
};

const describeAnswer = (clientAnswer: object) => ({
  clientAnswer,
  rawClientAnswer: JSON.stringify(clientAnswer),
  ...{ hash: 'f'.repeat(64), hashAlgorithm: 'sha256_hmac', hashKey: 'sha256_hmac' },
});

const paid = describeAnswer(order);
const refused = describeAnswer({ ...order, orderStatus: 'UNPAID' });
const nulls = { clientAnswer: null, rawClientAnswer: null, hash: null, hashAlgorithm: null, hashKey: null };

const describeError = (errorCode: string, answer?: object) => ({ errorCode, errorMessage: token, metadata: { formToken: token, answer } });

const statuses = fc.constantFrom('PAID', 'RUNNING', 'UNPAID', 'ABANDONED', 'paid', '', null, ['PAID'], token);
const codes = fc.constantFrom('CLIENT_300', 'CLIENT_101', 'CLIENT_502', 'PSP_099', 'PSP_649', 'ACQ_001', 'INT_904', 0, '', null, token);
const texts = fc.constantFrom('', null, '{', 'null', '[]', JSON.stringify(order), JSON.stringify({ ...order, orderStatus: 'RUNNING' }));

export const fuzz: ProviderFuzz = {
  createLibrary,
  tokenAnswers: (config) => [
    { status: 'SUCCESS', answer: { formToken: token, _type: 'V4/Charge/PaymentForm' }, config },
    { status: 'ERROR', answer: { errorCode: 'INT_905', errorMessage: 'invalid user' } },
  ],
  payloads: {
    onFormReady: [{}],
    onFocus: [{ field: 'pan' }],
    onSubmit: [paid, { ...paid, rawClientAnswer: undefined }, describeAnswer({ ...order, orderStatus: 'RUNNING' }), nulls],
    onError: [
      describeError('ACQ_001', refused),
      describeError('ACQ_001', describeAnswer({ ...order, orderStatus: 'UNPAID', orderCycle: 'OPEN' })),
      ...['CLIENT_300', 'CLIENT_101', 'CLIENT_004', 'PSP_108', 'PSP_998'].map((code) => describeError(code)),
    ],
  },
  special: {
    ...{ errorCode: codes, rawClientAnswer: texts, hash: fc.constantFrom('', null, 7), hashAlgorithm: fc.constantFrom('', null, {}) },
    ...{ 'clientAnswer.orderStatus': statuses, 'metadata.answer.rawClientAnswer': texts },
  },
  states: ['ready', 'succeeded', 'pending', 'failed', 'expired'],
  isSuccess: (callback, payload) => callback === 'onSubmit' && isText(payload.hash) && isText(payload.hashAlgorithm) && isPaid(payload),
};

function isPaid({ clientAnswer, rawClientAnswer }: Readonly<Record<string, unknown>>): boolean {
  try {
    const { orderStatus } = JSON.parse((rawClientAnswer ?? JSON.stringify(clientAnswer)) as string) as typeof order;
    return Boolean(clientAnswer ?? rawClientAnswer) && orderStatus === 'PAID';
  } catch {
    return false;
  }
}

function createLibrary(): QuickLibrary {
  const quick = createBase();
  const register = (name: string) => (callback: (payload?: unknown) => unknown) => {
    quick.callbacks.set(name, callback);
    return Promise.resolve();
  };
  const library = {
    ...Object.fromEntries(['onFormReady', 'onFocus', 'onError', 'onSubmit'].map((name) => [name, register(name)])),
    removeForms: () => Promise.resolve(quick.callbacks.clear()),
    setFormConfig: ({ formToken }: { formToken: unknown }) => Promise.resolve(quick.tokens.push(formToken)),
    attachForm(selector: string) {
      document.querySelector(`${selector} .kr-pan`)?.append(createFrame());
      quick.onOpening();
      quick.callbacks.get('onFormReady')?.();
      return Promise.resolve();
    },
  };
  return Object.assign(quick, { library });
}

/** Passes for an iframe, without a page that takes time to load. */
function createFrame(): Element {
  const frame = document.createElementNS('http://www.w3.org/2000/svg', 'iframe');
  frame.setAttribute('loading', 'lazy');
  return frame;
}
