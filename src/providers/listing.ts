import type { Provider } from './provider.js';

export interface LoadOptions {
  /** The CSP nonce of the tags. */
  readonly nonce: string;
  /** Ends this caller's wait; the load itself goes on for the others. */
  readonly signal: AbortSignal;
  onTry?(n: number): void;
}

/** What an attempt begins with, while the adapter may still be on its way. */
export interface Listing {
  readonly assets: Provider['assets'];
  /** @throws {CheckoutError} code `asset`, if it does not arrive */
  adapter(options?: LoadOptions): Promise<Provider>;
}
