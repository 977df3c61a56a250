import type { Environment } from '../shared/environment.js';
import type { ConfirmedOutcome, OutcomeRequest } from '../shared/endpoint-contract.js';
import type { BearerGrant } from './bearer.js';
import type { Order } from './order.js';
import type { Send } from './upstream.js';

/** How a provider is reached for one request. */
export interface ProviderContext {
  readonly environment: Environment;
  /** Ends with the request: at its deadline, or when the client goes away. */
  readonly signal: AbortSignal;
  /** Calls the provider's HTTP API: checked, bounded, tried twice. */
  readonly send: Send;
  /** Runs `work` with a bearer from the cache; once more with a new one, if the provider refuses it. */
  withBearer<T>(grant: BearerGrant, work: (bearer: string) => Promise<T>): Promise<T>;
  /** Whether one call may be made beside those that are needed, in the place of a repeat; then it is used, and none is repeated any more. */
  spare(): boolean;
}

/** All that a provider has to work with for one request. */
export interface ServerContext extends ProviderContext {
  /** From the merchant's own records, just now. */
  readonly order: Order;
}

export interface VerifyContext extends ServerContext {
  /** What the page says that the provider reported: hostile until the provider itself confirms it. */
  readonly result: OutcomeRequest['result'];
}

/**
 * Why it is so, where the outcome alone does not say it. With `forged`: the signature is wrong, or it is the payment of another
 * order, or of another amount or currency. With `pending`: only a part of the price was approved, and `approved` says how much;
 * the bank wants to be called; the provider has it, and has yet to process it. With `declined`: not this kind of card.
 */
export type VerdictReason = 'signature' | 'order' | 'price' | 'partial' | 'referral' | 'processing' | 'card-type';

/** What came of a payment, in the provider's own words and never in those of the page. */
export interface Verdict {
  /** `forged`: what was shown as the payment of this order is not. Money may have moved all the same. */
  readonly outcome: ConfirmedOutcome | 'forged';
  readonly reason?: VerdictReason;
  /** With `partial`: how much was approved, in minor units, where the provider says it. */
  readonly approved?: number;
  /** The provider's own reference to the payment, where the provider itself named it. */
  readonly reference?: string;
}

/** What a provider sends by itself, or has the shopper's browser post when it comes back. Hostile until its signature is found right. */
export interface Message {
  /** The body just as it came: signatures are made over it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the body says: its JSON, or the fields of its form. */
  readonly said: unknown;
  readonly headers: Headers;
  /** By the address that it was sent to. */
  readonly reference?: string;
}

export interface MessageContext extends ProviderContext {
  readonly message: Message;
}

/** What a message is about. */
export interface Received {
  /** The merchant's own, of the order that the payment was made for. */
  readonly reference: string;
  /** As the page would have reported it: what `verify` takes. */
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
  /** Whether `verify` itself takes the money. It is then not called for an order that is paid. */
  readonly charges?: boolean;
  /** @throws {Problem} `order` where the order lacks something that the provider needs, `upstream-…` where the provider did not answer well */
  createToken(context: ServerContext): Promise<ServerToken>;
  /**
   * Asks the provider what came of the payment. *Paid* only if the provider itself says so, for this order, amount and currency.
   *
   * @throws {Problem} `request` where the page's result cannot be one of the provider's, `upstream-…` where the provider did not answer well
   */
  verify(context: VerifyContext): Promise<Verdict>;
  /**
   * Finds out whether a message is the provider's own, and of which order. Missing where the provider signs none.
   *
   * @throws {Problem} `forged` where its signature is wrong, `refused` where it names no order of ours
   */
  receive?(context: MessageContext): Promise<Received>;
}

/** One that never comes by itself: there are no notifications of it, and no returns. */
export interface SilentProvider extends ServerProvider {
  readonly receive?: undefined;
}
