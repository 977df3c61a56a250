// Read by the compiler alone: which operations a merchant's backend may call for its providers.
import { createPayEndpoints, izipay, payme, payroc, type Order, type Payment, type SavedCard } from '../../src/server.js';

declare const order: Order;
declare const paymePayment: Payment<'payme'>;
declare const payrocPayment: Payment<'payroc'>;
declare const izipayPayment: Payment<'izipay'>;
declare const storedPayment: Payment;
declare const card: SavedCard;

const providers = {
  payme: payme({ clientId: 'your_client_id', clientSecret: 'your_client_secret', merchantCode: '12345' }),
  payroc: payroc({ apiKey: 'your_api_key', processingTerminalId: '1234001' }),
  izipay: izipay({ merchantCode: '4007701', publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb', hashKey: 'your_hash_key', keyRSA: 'RSA' }),
};
const experimental = izipay({
  merchantCode: '4007701',
  publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb',
  hashKey: 'your_hash_key',
  keyRSA: 'RSA',
  experimental: true,
});

const all = createPayEndpoints({ environment: 'sandbox', providers, order: () => order });
const onlyPayme = createPayEndpoints({ environment: 'sandbox', providers: { payme: providers.payme }, order: () => order });
const onlyIzipay = createPayEndpoints({ environment: 'sandbox', providers: { izipay: providers.izipay }, order: () => order });
const trying = createPayEndpoints({ environment: 'sandbox', providers: { izipay: experimental }, order: () => order });

export const right = [
  all.query(paymePayment),
  all.settle(payrocPayment),
  all.refund({ payment: paymePayment, amount: 100, key: 'r-1' }),
  all.capture({ payment: payrocPayment, key: 'c-1' }),
  // A payment from a column may be of any provider. The operation itself checks it.
  all.refund({ payment: storedPayment, key: 'r-1' }),
  all.charge({ card, order, key: 'ch-1' }),
  trying.query(izipayPayment),
  trying.capture({ payment: izipayPayment, key: 'c-1' }),
];

export const wrong = [
  // @ts-expect-error -- Pay-me has no holds
  all.capture({ payment: paymePayment, key: 'c-1' }),
  // @ts-expect-error -- no provider has holds
  onlyPayme.capture,
  // @ts-expect-error -- what Izipay can do is an experiment
  onlyIzipay.query,
  // @ts-expect-error -- the same
  onlyIzipay.settle,
  // @ts-expect-error -- nobody documents a refund of Izipay
  trying.refund,
  // @ts-expect-error -- the same, beside other providers
  all.refund({ payment: izipayPayment, key: 'r-1' }),
  // @ts-expect-error -- a refund needs a key
  all.refund({ payment: payrocPayment }),
];
