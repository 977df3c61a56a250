import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import type { Fault } from './fault.js';
import { faults } from './index.js';

type Apis = Readonly<Record<ProviderName, { readonly faults: object }>>;

/** The fault of this process. All visitors share it. */
export class CurrentFault {
  #value: Partial<Fault> = {};
  #name?: string;
  #provider?: ProviderName;

  /** Returns the fault as far as it concerns a request for this provider. A fallback of it works. */
  of(isConcerned: (provider: ProviderName) => boolean): Partial<Fault> {
    return this.#provider && isConcerned(this.#provider) ? this.#value : {};
  }

  /** Sets the fault that a page names in its URL, or none if its provider has no such fault. Returns whether it is another one. */
  set(provider: ProviderName, name: string | undefined, apis: Apis): boolean {
    const isChanged = name !== this.#name;
    this.#name = name;
    this.#provider = provider;
    this.#value = faults[provider][name ?? ''] ?? {};
    for (const one of providerNames) {
      const current = apis[one].faults;
      for (const key of Object.keys(current)) Reflect.deleteProperty(current, key);
    }
    // A copy, because the stand-in counts its faults down.
    Object.assign(apis[provider].faults, structuredClone(this.#value.api));
    return isChanged;
  }
}
