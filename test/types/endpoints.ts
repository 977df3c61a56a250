// Read by the compiler alone: which endpoints a merchant's backend may serve for its providers.
import { createPayEndpoints, izipay, payroc, type Order } from '../../src/server.js';

declare const order: Order;

export const { notifications, returns } = createPayEndpoints({
  environment: 'sandbox',
  providers: {
    payroc: payroc({ apiKey: 'your_api_key', processingTerminalId: '1234001' }),
    izipay: izipay({ merchantCode: '4007701', publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb', hashKey: 'your_hash_key', keyRSA: 'RSA' }),
  },
  order: () => order,
});

export const right = [notifications.izipay, returns.izipay];

export const wrong = [
  // @ts-expect-error -- Payroc signs no notifications
  notifications.payroc,
  // @ts-expect-error -- Payroc sends no shopper back
  returns.payroc,
];
