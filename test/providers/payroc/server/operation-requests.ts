import type { Row } from '../../../server/seed-request.js';
import { json, uuid4 } from '../../../server/seed-request.js';
import { secrets, singleUseToken, terminal } from './fake-payroc.js';

/** A request of an operation, as the provider's documentation describes it, field by field. Nested fields are compared whole. */
export interface OperationRequest {
  readonly source: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: readonly Row[];
  /** Absent if the request has no body. */
  readonly body?: Readonly<Record<string, unknown>>;
}

const bearer: Row = ['authorization', 'SI', `Bearer ${secrets.bearer}`];
const posted: readonly Row[] = [json, bearer, ['idempotency-key', 'SI', uuid4]];
const withoutBody: readonly Row[] = [bearer, ['idempotency-key', 'SI', uuid4]];
const id = 'M2MJOG6O2Y';

const query: OperationRequest = { source: 'Payments, Retrieve Payment', method: 'GET', path: `/payments/${id}`, headers: [bearer] };
const bankQuery: OperationRequest = {
  source: 'Bank Transfer Payments, Retrieve Payment',
  method: 'GET',
  path: `/bank-transfer-payments/${id}`,
  headers: [bearer],
};

const sale = { channel: 'web', processingTerminalId: terminal };
const price = { amount: 4999, currency: 'USD' };
const single = { type: 'singleUseToken', token: singleUseToken };
const saved = { type: 'secureToken', token: '296753123456' };

/** The requests by operation. `orderId` is checked by its own tests. */
export const requests = {
  query,
  bankQuery,
  reverse: { source: 'Payments, Reverse Payment', method: 'POST', path: `/payments/${id}/reverse`, headers: posted, body: {} },
  reversePart: {
    source: 'Payments, Reverse Payment, with an amount',
    method: 'POST',
    path: `/payments/${id}/reverse`,
    headers: posted,
    body: { amount: 1000 },
  },
  refund: {
    source: 'Payments, Refund Payment',
    method: 'POST',
    path: `/payments/${id}/refund`,
    headers: posted,
    body: { amount: 1000, description: `Refund of payment ${id}` },
  },
  capture: {
    source: 'Payments, Capture Payment',
    method: 'POST',
    path: `/payments/${id}/capture`,
    headers: posted,
    body: { amount: 3000 },
  },
  bankReverse: {
    source: 'Bank Transfer Payments, Reverse Payment',
    method: 'POST',
    path: `/bank-transfer-payments/${id}/reverse`,
    headers: withoutBody,
  },
  bankRefund: {
    source: 'Bank Transfer Payments, Refund Payment',
    method: 'POST',
    path: `/bank-transfer-payments/${id}/refund`,
    headers: posted,
    body: { amount: 1000, description: `Refund of payment ${id}` },
  },
  savedQuery: {
    source: 'Secure tokens, Retrieve Secure Token',
    method: 'GET',
    path: `/processing-terminals/${terminal}/secure-tokens/MREF_1`,
    headers: [bearer],
  },
  holdSale: {
    source: 'Payments, Create Payment, with a pre-authorization',
    method: 'POST',
    path: '/payments',
    headers: posted,
    body: { ...sale, autoCapture: false, order: price, paymentMethod: single },
  },
  savingSale: {
    source: 'Payments, Create Payment, with a saved card',
    method: 'POST',
    path: '/payments',
    headers: posted,
    body: { ...sale, credentialOnFile: { tokenize: true }, order: price, paymentMethod: single },
  },
  save: {
    source: 'Secure tokens, Create Secure Token',
    method: 'POST',
    path: `/processing-terminals/${terminal}/secure-tokens`,
    headers: posted,
    body: { mitAgreement: 'unscheduled', source: single },
  },
  saveSession: {
    source: 'Hosted Fields Sessions, Create Session',
    method: 'POST',
    path: `/processing-terminals/${terminal}/hosted-fields-sessions`,
    headers: posted,
    body: { libVersion: '1.7.0.261457', scenario: 'tokenization' },
  },
  charge: {
    source: 'Payments, Create Payment, with a secure token',
    method: 'POST',
    path: '/payments',
    headers: posted,
    body: {
      ...sale,
      order: {
        ...price,
        standingInstructions: {
          sequence: 'subsequent',
          processingModel: 'unscheduled',
          referenceDataOfFirstTxn: { paymentId: id, cardSchemeReferenceId: '0125042023' },
        },
      },
      paymentMethod: saved,
    },
  },
  bankCharge: {
    source: 'Bank Transfer Payments, Create Payment, with a secure token',
    method: 'POST',
    path: '/bank-transfer-payments',
    headers: posted,
    body: { processingTerminalId: terminal, order: price, paymentMethod: { ...saved, secCode: 'web' } },
  },
} as const satisfies Record<string, OperationRequest>;
