import { createHmac } from 'node:crypto';
import { vi } from 'vitest';
import { micuentaweb } from '../../../../src/providers/micuentaweb/server/adapter.js';
import type { MicuentawebOptions } from '../../../../src/providers/micuentaweb/server/account.js';
import { createPayEndpoints, type Order, type PaymentOutcome } from '../../../../src/server.js';
import { createCallbackRequest } from '../../../server/callbacks.js';
import { createRequest } from '../../../server/fake-payme.js';

/** The public demo shop of micuentaweb. */
export const options: MicuentawebOptions = {
  shopId: '89289758',
  password: 'testpassword_7vAtvN49E8Ad6e6ihMqIOvOHC6QV5YKmIXgxisMm0V7Eq',
  publicKey: '89289758:testpublickey_TxzPjl9xKlhM0a6tfSVNilcLTOUZ0ndsTogGTByPUATcE',
  hashKey: 'fva7JZ2vSY7MhRuOPamu6U5HlpabAoEf8VmFHQupspnXB',
};

export const order: Order = { reference: 'A-1001', amount: 1500, currency: 'PEN' };

export const orderDetails = { orderTotalAmount: 1500, orderCurrency: 'PEN', mode: 'TEST', orderId: 'A-1001', _type: 'V4/OrderDetails' };

/** A transaction with the fields of Lyra's PHP client's tests. */
export const transaction = {
  ...{ shopId: '89289758', uuid: 'c97b7e6f3dbc4c239baf283654f34710', amount: 1500, currency: 'PEN', paymentMethodType: 'CARD' },
  ...{ paymentMethodToken: null, status: 'PAID', detailedStatus: 'AUTHORISED', operationType: 'DEBIT' },
  creationDate: '2026-03-07T16:20:34+00:00',
  transactionDetails: {
    sequenceNumber: 1,
    cardDetails: {
      ...{ effectiveBrand: 'VISA', pan: '497010XXXXXX0055', legacyTransId: '908733', installmentNumber: null },
      authorizationResponse: { amount: 1500, currency: 'PEN', authorizationNumber: '3fbbc6' },
      captureResponse: { refundAmount: null },
    },
  },
};

export const refused = { ...transaction, uuid: 'd'.repeat(32), status: 'UNPAID', detailedStatus: 'REFUSED' };

export const answer = {
  shopId: '89289758',
  orderCycle: 'CLOSED',
  orderStatus: 'PAID',
  orderDetails,
  transactions: [transaction as object],
};
export const unpaid = { ...answer, orderCycle: 'OPEN', orderStatus: 'UNPAID', transactions: [refused as object] };

export const listed = { ...transaction, orderDetails };

export function sign(text: string, key: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** What the page reports. */
export function createRaw(said: object, key = options.hashKey as string) {
  const rawClientAnswer = JSON.stringify(said);
  return { rawClientAnswer, hash: sign(rawClientAnswer, key), hashAlgorithm: 'sha256_hmac' };
}

/** What Lyra posts. */
export function createNotification(said: unknown, key = options.password as string): Record<string, string> {
  const text = JSON.stringify(said);
  const names = { 'kr-hash-key': 'password', 'kr-hash-algorithm': 'sha256_hmac', 'kr-answer-type': 'V4/Payment' };
  return { ...names, 'kr-hash': sign(text, key), 'kr-answer': text };
}

export const createError = (errorCode: string) => ({ status: 'ERROR', answer: { errorCode, errorMessage: 'secret text' } });

/** Lyra's API as a `fetch`. An order without transactions is unknown. An object is an answer in place of the list. */
export function createUpstream(found: readonly object[] | object | Response = []) {
  const sent: { url: string; headers: Record<string, string>; body: Record<string, unknown> }[] = [];
  const fetch = vi.fn((url: string, init: RequestInit) => {
    sent.push({ url, headers: init.headers as Record<string, string>, body: JSON.parse(init.body as string) as Record<string, unknown> });
    if (found instanceof Response) return Promise.resolve(found.clone());
    if (!Array.isArray(found)) return Promise.resolve(Response.json(found));
    if (url.endsWith('CreatePayment')) return Promise.resolve(Response.json({ status: 'SUCCESS', answer: { formToken: '26form-token' } }));
    if (found.length === 0) return Promise.resolve(Response.json(createError('PSP_010')));
    return Promise.resolve(Response.json({ status: 'SUCCESS', answer: { transactions: found as object[] } }));
  });
  return { fetch, sent };
}

export function createShop(upstream = createUpstream(), changed: Partial<Order> = {}, own: Partial<MicuentawebOptions> = {}) {
  const reported: PaymentOutcome[] = [];
  const onError = vi.fn();
  const ordered = () => ({ ...order, ...changed });
  const pay = createPayEndpoints({
    environment: 'sandbox',
    providers: { micuentaweb: micuentaweb({ ...options, ...own }) },
    ...{ order: ordered, orderByReference: ordered, onError, fetch: upstream.fetch },
    onOutcome: (payment) => void reported.push(payment),
  });
  const body = { provider: 'micuentaweb', environment: 'sandbox', order: 'A-1001' };
  const requestToken = async () => (await pay.token(createRequest(body))).json() as Promise<Record<string, unknown>>;
  const report = async (raw: unknown) => {
    const { status } = await pay.outcome(createRequest({ ...body, attempt: 1, result: { provider: 'micuentaweb', raw } }));
    const [payment] = reported.slice(-1);
    return payment ? [payment.outcome, payment.reason].filter(Boolean).join(', ') : String(status);
  };
  const notify = async (fields: Record<string, string>) => {
    const url = 'https://shop.example.com/api/pay/micuentaweb/notification';
    return (await pay.notifications.micuentaweb(createCallbackRequest(new URLSearchParams(fields), { url }))).status;
  };
  return { pay, requestToken, report, notify, reported, onError, ...upstream };
}
