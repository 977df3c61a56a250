import { providerNames, type ProviderName } from '../src/testing/providers.js';

/** Returns the provider that `?provider=` names, on the server and in the page. */
export function chosenProvider(query: string | null | undefined): ProviderName {
  return providerNames.find((name) => name === query) ?? 'payme';
}

/** Returns the path of the endpoints of an environment. */
export function endpointsOf(environment: string): string {
  return environment === 'sandbox' ? '/api/pay' : `/api/pay/${environment}`;
}
