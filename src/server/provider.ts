import type { Environment } from '../providers/provider.js';
import type { ConfirmedOutcome, OutcomeRequest } from '../wire.js';
import type { BearerGrant } from './bearer.js';
import type { Order } from './order.js';
import type { Send } from './upstream.js';

/** All that a provider has to work with for one request. */
export interface ServerContext {
  readonly environment: Environment;
  /** From the merchant's own records, just now. */
  readonly order: Order;
  /** Ends with the request: at its deadline, or when the client goes away. */
  readonly signal: AbortSignal;
  /** Calls the provider's HTTP API: checked, bounded, tried twice. */
  readonly send: Send;
  /** Runs `work` with a bearer from the cache; once more with a new one, if the provider refuses it. */
  withBearer<T>(grant: BearerGrant, work: (bearer: string) => Promise<T>): Promise<T>;
}

export interface VerifyContext extends ServerContext {
  /** What the page says that the provider reported: hostile until the provider itself confirms it. */
  readonly result: OutcomeRequest['result'];
}

/** What the element needs to open the provider's form. */
export interface ServerToken {
  readonly token: string;
  /** Seconds. */
  readonly expiresIn?: number;
  /** ISO 8601. */
  readonly expiresAt?: string;
  /** What the browser must repeat to the provider, with this very token. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** One payment provider, seen from the merchant's backend. */
export interface ServerProvider {
  /** As the element's `provider` attribute says it, and in messages. */
  readonly name: string;
  /** The environments that it has. */
  readonly environments: readonly Environment[];
  /** @throws {Problem} `order` where the order lacks something that the provider needs, `upstream-…` where the provider did not answer well */
  createToken(context: ServerContext): Promise<ServerToken>;
  /**
   * Asks the provider what came of the payment. *Paid* only if the provider itself says so, for this order, amount and currency.
   *
   * @throws {Problem} `request` where the page's result cannot be one of the provider's, `upstream-…` where the provider did not answer well
   */
  verify(context: VerifyContext): Promise<ConfirmedOutcome>;
}
