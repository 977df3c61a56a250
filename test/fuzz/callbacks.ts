import fc from 'fast-check';
import type { ProviderName } from '../../src/testing/providers.js';
import { anything } from './payloads.js';
import { token } from './secret.js';
import { mutations, withoutTokenIn } from './values.js';

/** A callback of the library, and when it calls it. */
export interface Call {
  readonly at: Moment;
  readonly name: string;
  readonly payload: unknown;
}

const moments = ['while it opens the form', 'when the form is open', 'after the removal'] as const;
export type Moment = (typeof moments)[number];

/** Our own texts and the providers' references to a payment stand in states; no token is there. */
const references = ['transaction_id', 'transactionId', 'uniqueId'];

const flexResponse = {
  success: 'true',
  merchant_code: '4007701',
  merchant_operation_number: '123456',
  transaction: { state: 'AUTORIZADO', transaction_id: '250811190016', currency: '604', amount: '1050', token },
  meta: { status: { code: '00', message_ilgn: [{ locale: 'es_PE', value: 'Procesado' }] } },
};

const izipayResponse = {
  code: '00',
  message: 'OK',
  transactionId: 'transaction-1',
  payloadHttp: `{"code":"00","token":"${token}"}`,
  signature: 'c2lnbmF0dXJl',
  response: { order: [{ uniqueId: 'u-1', orderNumber: 'A-1001' }], token },
};

interface Library {
  /** What each callback is really called with. */
  readonly payloads: Readonly<Record<string, readonly object[]>>;
  /** What stands in a payload to other effect. */
  readonly special: Readonly<Record<string, fc.Arbitrary<unknown>>>;
}

const states = fc.constantFrom('AUTORIZADO', 'PENDIENTE', 'REGISTRADO', 'DENEGADO', 'autorizado', '', null, ['AUTORIZADO'], token);
const codes = fc.constantFrom('00', '021', 'COMMUNICATION_ERROR', 'P54', '05', 0, '', ['00'], token);

const libraries: Record<ProviderName, Library> = {
  payme: {
    payloads: {
      responseCallback: [flexResponse],
      trackingCallback: [{ step: 'load' }],
      onErrorCallback: [{ message: 'Cerro el carrito' }, { error: { message: 'cerro el carrito' } }, { message: `500 ${token}` }],
    },
    special: { 'transaction.state': states, message: states, error: states },
  },
  izipay: {
    payloads: {
      callbackResponse: [izipayResponse],
      ...{ onReady: [{}], onCancel: [{}], onError: [{}], onSessionTimeout: [{}] },
      ...{ onSubmit: [{}], onClick: [{}], onFormValid: [{}], onPaymentMethodSelected: [{}] },
    },
    special: { code: codes, payloadHttp: fc.constantFrom('', null, {}), signature: fc.constantFrom('', null, 7), response: states },
  },
  payroc: {
    payloads: {
      submissionSuccess: [{ token: `single-${token}`, expiresAt: '2026-03-01T12:10:00Z' }],
      error: [
        { type: 'init', message: `Invalid session token ${token}` },
        { type: 'field', field: 'cvv', message: 'No' },
        { type: 'submission', message: token },
      ],
      fieldValidityChange: [{ field: 'cvv' }, { field: 'cvv', validationError: `Invalid ${token}` }],
      surchargingAllowed: [{ percentage: 3, disclosure: `3 % more ${token}` }],
      surchargingNotAllowed: [{}],
    },
    special: { token: fc.constantFrom('', null, {}, 7, ['t']), type: states, field: states, message: states, validationError: states },
  },
};

/** A sequence of calls, and what the backend answers when it is asked what came of the payment. */
export interface Play {
  readonly calls: readonly Call[];
  readonly outcome?: string;
}

export function playsOf(provider: ProviderName): fc.Arbitrary<Play> {
  const outcome = fc.constantFrom(undefined, undefined, 'paid', 'pending', 'declined', `none ${token}`);
  return fc.record({ calls: callsOf(provider), outcome });
}

/** What the design demands of a success, provider by provider. */
export function isSuccess(provider: ProviderName, { name, payload }: Call): boolean {
  const given = Object(payload) as Record<string, unknown>;
  const isText = (key: string) => typeof given[key] === 'string' && given[key] !== '';
  if (provider === 'payme') return name === 'responseCallback' && (given.transaction as { state?: unknown } | null)?.state === 'AUTORIZADO';
  if (provider === 'payroc') return name === 'submissionSuccess' && isText('token');
  return name === 'callbackResponse' && given.code === '00' && isText('payloadHttp') && isText('signature');
}

/** Calls of the library's callbacks, in any order. */
function callsOf(provider: ProviderName): fc.Arbitrary<Call[]> {
  const { payloads, special } = libraries[provider];
  const calls = Object.entries(payloads).map(([name, goods]) => {
    const like = goods.map((good) => mutations(good, special).map((one) => withoutTokenIn(references, one)));
    const payload = fc.oneof({ weight: 3, arbitrary: fc.oneof(...like) }, { weight: 1, arbitrary: anything });
    return fc.record({ at: fc.constantFrom(...moments), name: fc.constant(name), payload });
  });
  return fc.array(fc.oneof(...calls), { minLength: 1, maxLength: 6 });
}
