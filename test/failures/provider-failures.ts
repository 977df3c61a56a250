import { forEachProvider } from '../../src/testing/providers.js';
import { importOfEachProvider } from '../support/provider-files.js';
import type { ByProvider, Said } from './terms.js';

/** The result of a payment, once the outcome endpoint has responded. */
export interface Ending {
  readonly status: 'succeeded' | 'pending' | 'failed';
  readonly says?: Said;
  readonly retryable?: false;
}

/** A fault of one provider's library. */
interface LibraryFailure {
  /** For the documentation. */
  readonly how: string;
  readonly says: Said;
  /** By attempt, the milliseconds from the moment in which token and script are there. */
  readonly lasts: readonly number[];
}

/** How one provider fails: the part of the fault matrix that differs between providers. */
export interface ProviderFailures {
  /** Milliseconds that the form takes to open. */
  readonly opening: number;
  /** The same for a later form of the page. By default `opening`. */
  readonly reopening?: number;
  /** The first call of the library throws. */
  readonly firstCallThrows: Pick<LibraryFailure, 'how'>;
  readonly initThrows: Pick<LibraryFailure, 'how' | 'lasts'>;
  readonly neverReady: Pick<LibraryFailure, 'how' | 'lasts'>;
  /** The provider refuses an expired token. */
  readonly errorAtOnce: LibraryFailure;
  readonly slowError: LibraryFailure;
  /** The page's policy blocks the provider's host. */
  readonly blocked: Pick<LibraryFailure, 'how' | 'lasts'> & { readonly directive: string };
  /** The page reports a payment that the provider does not know. */
  readonly forged: { readonly how: string; readonly ends: Ending };
  /** A failure that the element cannot tell from another, or not sooner: a sentence for the documentation. */
  readonly limitation: string;
  /** Event types whose listeners the library leaves on the page after each form. */
  readonly leakedListeners: readonly string[];
  /** What a form leaves on the page, where the next one finds it: types of listeners, and a selector of elements. */
  readonly remains?: { readonly listeners: readonly string[]; readonly elements: string };
}

const modules = await importOfEachProvider<{ failures: ProviderFailures }>('failures');

/** Selects one fact of each provider. */
export function byProvider<T>(select: (failures: ProviderFailures) => T): ByProvider<T> {
  return forEachProvider((name) => select(modules[name].failures));
}
