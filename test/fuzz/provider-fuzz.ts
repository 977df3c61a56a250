import type fc from 'fast-check';
import type { ProviderName } from '../../src/testing/providers.js';
import { importOfEachProvider } from '../support/provider-files.js';
import type { Status } from '../../src/state/state.js';
import type { QuickLibrary } from './quick-library.js';

/** What the fuzz tests know of one provider. */
export interface ProviderFuzz {
  createLibrary(this: void): QuickLibrary;
  /** The provider's own responses to the token request, a success and a refusal. The page's config goes into the success. */
  tokenAnswers(config: object): object[];
  /** What the `config` of a token contains for the payloads of this file to be about the same payment. */
  readonly config?: object;
  /** The arguments of the library's callbacks in real payments. */
  readonly payloads: Readonly<Record<string, readonly object[]>>;
  /** Values of other meaning, by the path of their place in a payload. */
  readonly special: Readonly<Record<string, fc.Arbitrary<unknown>>>;
  /** The states that sequences of its callbacks lead to. */
  readonly states: readonly Status[];
  /** Whether the design demands a success after this call. */
  isSuccess(this: void, callback: string, payload: Readonly<Record<string, unknown>>): boolean;
  /** Whether a success in this payload counts for the payment of the element. Default: always. */
  isOwn?(payload: Readonly<Record<string, unknown>>): boolean;
}

const modules = await importOfEachProvider<{ fuzz: ProviderFuzz }>('fuzz');

export function fuzzOf(provider: ProviderName): ProviderFuzz {
  return modules[provider].fuzz;
}
