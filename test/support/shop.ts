import { providers } from '../../demo/providers/index.js';
import { createPayEndpoints, micuentaweb, type PayEndpoints, type ServerProvider } from '../../src/server.js';
import { sampleAccount } from '../../src/testing/micuentaweb/sample-account.js';
import type { StandIns } from '../../src/testing.js';
import { forEachProvider, type ProviderName } from '../../src/testing/providers.js';

/** S/ 10.50, the amount in the documentation. */
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

/** The server half of each provider, with the sample account that its stand-in takes. */
export function createSampleProviders(): Record<ProviderName, ServerProvider> {
  return forEachProvider((name) => providers[name].create(providers[name].sample));
}

/** The server halves of the providers whose forms take another card after a decline, so that a decline ends the payment. */
export const withoutRetries = { micuentaweb: micuentaweb({ ...sampleAccount, retries: 0 }) };

/** Opens a merchant's backend in the page, with both endpoints on the stand-ins. @param changed replaces server halves */
export function openShop(standIns: StandIns, changed: Readonly<Partial<Record<ProviderName, ServerProvider>>> = {}): PayEndpoints {
  return createPayEndpoints({
    environment: 'sandbox',
    providers: { ...createSampleProviders(), ...changed },
    order: () => order,
    fetch: standIns.fetch,
  });
}
