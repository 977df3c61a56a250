// Read by the compiler alone: which operations a merchant's backend has with Izipay.
import { createPayEndpoints, izipay, payroc, type IzipayOptions, type Order, type Payment } from '../../src/server.js';

declare const order: () => Order;
declare const options: IzipayOptions;
declare const payment: Payment<'izipay'>;
declare const stored: Payment;

const account = { merchantCode: '4007701', publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb', hashKey: 'your_hash_key', keyRSA: 'RSA' };
const environment = 'sandbox';
const other = payroc({ apiKey: 'your_api_key', processingTerminalId: '1234001' });

const without = createPayEndpoints({ environment, order, providers: { izipay: izipay(account) } });
const off = createPayEndpoints({ environment, order, providers: { izipay: izipay({ ...account, experimental: false }) } });
const on = createPayEndpoints({ environment, order, providers: { izipay: izipay({ ...account, experimental: true }) } });
const dynamic = createPayEndpoints({ environment, order, providers: { izipay: izipay(options) } });
const both = createPayEndpoints({ environment, order, providers: { izipay: izipay(account), payroc: other } });

export const right = [
  on.query(payment),
  on.settle(payment),
  on.cancel({ payment }),
  on.capture({ payment, key: '1' }),
  dynamic.query(payment),
  dynamic.capture({ payment, key: '1' }),
  both.cancel({ payment: stored }),
];

export const wrong = [
  // @ts-expect-error -- not experimental
  without.query,
  // @ts-expect-error -- not experimental
  without.cancel,
  // @ts-expect-error -- not experimental
  off.capture,
  // @ts-expect-error -- Izipay's refunds are unknown
  on.refund,
  // @ts-expect-error -- Izipay charges no card without the shopper
  on.charge,
  // @ts-expect-error -- Payroc's payments only
  both.query(payment),
  // @ts-expect-error -- Payroc's payments only
  both.cancel({ payment }),
];
