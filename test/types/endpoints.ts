// Read by the compiler alone: which endpoints a merchant's backend may serve for its providers, and which operations a provider has only as an experiment.
import { createPayEndpoints, izipay, payroc, type Order, type Payment } from '../../src/server.js';

declare const order: Order;
declare const payment: Payment<'izipay'>;

const account = { merchantCode: '4007701', publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb', hashKey: 'your_hash_key', keyRSA: 'RSA' };

export const { notifications, returns } = createPayEndpoints({
  environment: 'sandbox',
  providers: {
    payroc: payroc({ apiKey: 'your_api_key', processingTerminalId: '1234001' }),
    izipay: izipay(account),
  },
  order: () => order,
});
const plain = createPayEndpoints({ environment: 'sandbox', providers: { izipay: izipay(account) }, order: () => order });
const trying = createPayEndpoints({
  environment: 'sandbox',
  providers: { izipay: izipay({ ...account, experimental: true }) },
  order: () => order,
});

export const right = [
  notifications.izipay,
  returns.izipay,
  trying.query(payment),
  trying.settle(payment),
  trying.capture({ payment, key: 'c-1' }),
];

export const wrong = [
  // @ts-expect-error -- Payroc signs no notifications
  notifications.payroc,
  // @ts-expect-error -- Payroc sends no shopper back
  returns.payroc,
  // @ts-expect-error -- what Izipay can do with a payment is an experiment
  plain.query,
  // @ts-expect-error -- the same
  plain.settle,
  // @ts-expect-error -- no document describes a refund of Izipay
  trying.refund,
];
