// Read by the compiler alone: which operations a merchant's backend may call for its providers.
import { createPayEndpoints, payme, payroc, type Order, type Payment, type SavedCard } from '../../src/server.js';

declare const order: Order;
declare const paymePayment: Payment<'payme'>;
declare const payrocPayment: Payment<'payroc'>;
declare const storedPayment: Payment;
declare const card: SavedCard;

const providers = {
  payme: payme({ clientId: 'your_client_id', clientSecret: 'your_client_secret', merchantCode: '12345' }),
  payroc: payroc({ apiKey: 'your_api_key', processingTerminalId: '1234001' }),
};
const all = createPayEndpoints({ environment: 'sandbox', providers, order: () => order });
const onlyPayme = createPayEndpoints({ environment: 'sandbox', providers: { payme: providers.payme }, order: () => order });

export const right = [
  all.query(paymePayment),
  all.settle(payrocPayment),
  all.refund({ payment: paymePayment, amount: 100, key: 'r-1' }),
  all.capture({ payment: payrocPayment, key: 'c-1' }),
  // A payment from a column may be of any provider. The operation itself checks it.
  all.refund({ payment: storedPayment, key: 'r-1' }),
  all.charge({ card, order, key: 'ch-1' }),
];

export const wrong = [
  // @ts-expect-error -- Pay-me has no holds
  all.capture({ payment: paymePayment, key: 'c-1' }),
  // @ts-expect-error -- no provider has holds
  onlyPayme.capture,
  // @ts-expect-error -- a refund needs a key
  all.refund({ payment: payrocPayment }),
];
