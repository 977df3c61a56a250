import { createPayEndpoints, izipay, payme, payroc, type PayEndpoints, type ServerProvider } from '../../src/server.js';
import type { StandIns } from '../../src/testing.js';
import type { ProviderName } from '../../src/testing/providers.js';

/** S/ 10.50, as the documentation writes it. */
export const order = {
  reference: 'A-1001',
  amount: 1050,
  currency: 'PEN',
  buyer: {
    firstName: 'Ana',
    lastName: 'Prueba',
    email: 'ana@example.com',
    phone: { countryCode: '51', number: '912345678' },
    address: { line1: 'Calle 1', city: 'Lima', state: 'Lima', country: 'PE' },
  },
};

/** A merchant's backend in the page: both endpoints, on the stand-ins. */
export function openShop(standIns: StandIns): PayEndpoints {
  return createPayEndpoints({
    environment: 'sandbox',
    providers: {
      izipay: izipay({
        merchantCode: '4007701',
        publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb',
        hashKey: 'your_hash_key',
        keyRSA: 'RSA',
      }),
      payme: payme({ clientId: 'your_client_id', clientSecret: 'your_client_secret', merchantCode: 'your_merchant_code' }),
      payroc: payroc({ apiKey: 'your_api_key', processingTerminalId: '1234001' }),
    } satisfies Record<ProviderName, ServerProvider>,
    order: () => order,
    fetch: standIns.fetch,
  });
}
