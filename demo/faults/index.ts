import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import { endpointFaults } from './endpoint.js';
import type { Fault, Faults } from './fault.js';
import { izipayFaults } from './izipay.js';
import { paymeFaults } from './payme.js';
import { payrocFaults } from './payroc.js';

export type { EndpointFault, Fault } from './fault.js';

/** By provider, everything that can be made to go wrong with its stand-in, by the name that `?fault=` has. The playground's menu is this table. */
export const faults: Readonly<Record<ProviderName, Faults>> = {
  izipay: { ...endpointFaults, ...izipayFaults },
  payme: { ...endpointFaults, ...paymeFaults },
  payroc: { ...endpointFaults, ...payrocFaults },
};

type Apis = Readonly<Record<ProviderName, { readonly faults: object }>>;

/** What goes wrong now. Everybody who talks to this process sees the same. */
export class CurrentFault {
  #now: Partial<Fault> = {};

  get now(): Partial<Fault> {
    return this.#now;
  }

  /** Sets what a page was asked for with, which is nothing where it names no fault of its provider's. */
  set(provider: ProviderName, name: string | undefined, apis: Apis): void {
    this.#now = faults[provider][name ?? ''] ?? {};
    for (const one of providerNames) {
      const wrong = apis[one].faults;
      for (const key of Object.keys(wrong)) Reflect.deleteProperty(wrong, key);
    }
    // A copy: the stand-in uses its faults up.
    Object.assign(apis[provider].faults, structuredClone(this.#now.api));
  }
}
