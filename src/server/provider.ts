import type { Environment } from '../shared/environment.js';
import type { ConfirmedOutcome, OutcomeRequest } from '../shared/endpoint-contract.js';
import type { BearerGrant } from './bearers.js';
import type { BuyerField } from './buyer.js';
import type { InputChange } from './buyer-text.js';
import type { Order } from './order.js';
import type { OrderFeatures } from './order-features.js';
import type { Capabilities, ProviderOperations } from './operations/provider-operations.js';
import type { PaymentDetails, PaymentNumbers, StoredCard } from './payment.js';
import type { OutcomeRule } from './outcome-rules.js';
import type { ReceivedBody } from './recover-body.js';
import type { Send } from './upstream.js';

/** How a provider's module calls its API while it serves one request. */
export interface ProviderContext {
  readonly environment: Environment;
  /** Aborts with the request: at its deadline, or when the client disconnects. */
  readonly signal: AbortSignal;
  /** Calls the provider's HTTP API, with a timeout, at most one retry, and validation of the response. */
  readonly send: Send;
  /** Runs `work` with a bearer from the cache. If the provider rejects it, runs `work` once more with a new one. */
  withBearer<T>(grant: BearerGrant, work: (bearer: string) => Promise<T>): Promise<T>;
  /** The merchant's cache, for facts that must outlive the request. */
  readonly store: Store;
  /** Runs `work` after earlier work with the same key, in this process. */
  runExclusively<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Reports to the merchant that the provider receives a field of the buyer in another form, or not at all. */
  reportInput(field: BuyerField, change: InputChange): void;
}

export interface StoredValue {
  readonly value?: string;
  /** Whether the merchant's cache has answered. Otherwise only this process is known to have no other text. */
  readonly isShared: boolean;
}

/** Keeps text between requests. It never fails: without a working cache, it keeps the text in this process only. */
export interface Store {
  get(key: string): Promise<string | undefined>;
  /** Like `get`, and says who knows the text. */
  read(key: string): Promise<StoredValue>;
  /** @param ttlMs milliseconds */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  delete(key: string): Promise<void>;
}

/** A `ProviderContext` with the order that the request is for. */
export interface ServerContext extends ProviderContext {
  /** As the merchant's function has just returned it. */
  readonly order: Order;
}

/** The order, and where to report the fields that a provider does not receive as typed. */
export type InputContext = Pick<ServerContext, 'order' | 'reportInput'>;

export interface VerifyContext extends ServerContext {
  /** The provider's report, as the page passes it on. Do not trust it until the provider itself confirms it. */
  readonly result: OutcomeRequest['result'];
}

/**
 * What happened to a payment, as the provider confirms it.
 *
 * `paid`: the order's amount was charged. `authorized`: it is held. `saved`: a card or account was stored, and no money moved.
 * `pending`: not decided yet, or said in words that we do not know. `declined`: the provider's final no to this attempt. `refunded`,
 * `reversed`: money went back after it was paid. `forged`: what was presented as this order's payment is not; money may have moved.
 */
export type OutcomeName = ConfirmedOutcome | 'refunded' | 'reversed' | 'forged';

/**
 * The reason for an outcome, where the outcome alone does not say it.
 *
 * With `forged`: `signature`, the signature is wrong; `order`, the payment is for another order; `currency`, it is in another currency.
 *
 * With `pending`: `price`, this order's payment is of another amount than its price, which is in `details.amount`; `unknown-state`, the provider used words that we do not know; `unanswered`, the provider's answer was lost and it
 * does not list the payment; `not-found`, it does not know the payment yet; `stale`, the payment was made before the order was opened;
 * `partial`, only a part of the price was approved, see `approved`; `referral`, the merchant has to call the bank; `processing`, the
 * provider has yet to process it.
 *
 * With `declined`: `card-type`, not this kind of card; `refused`, the provider rejected the request as invalid.
 */
export type OutcomeReason =
  | 'signature'
  | 'order'
  | 'currency'
  | 'price'
  | 'unknown-state'
  | 'unanswered'
  | 'not-found'
  | 'stale'
  | 'partial'
  | 'referral'
  | 'processing'
  | 'card-type'
  | 'refused';

/** The outcome of a payment, as the provider confirms it. The page's report does not count. */
export interface VerifiedOutcome {
  readonly outcome: OutcomeName;
  readonly reason?: OutcomeReason;
  /** With `partial`: the approved amount in minor units, if the provider reports it. */
  readonly approved?: number;
  /** The provider's own reference to the payment, if the provider itself reported one. */
  readonly reference?: string;
  /** The numbers that identify the payment at the provider. They become part of `payment`. */
  readonly numbers?: PaymentNumbers;
  readonly details?: Partial<PaymentDetails>;
  /** Never part of `details`: it can be charged. */
  readonly savedCard?: StoredCard;
}

/** A provider's notification, or the form that the shopper's browser posts on its return. Do not trust it until its signature is verified. */
export interface ProviderMessage extends ReceivedBody {
  /** The parsed body: its JSON, or the fields of its form. */
  readonly content: unknown;
  readonly headers: Headers;
  /** The order's reference from the URL, which anyone can forge. */
  readonly reference?: string;
}

export interface ReceiveContext extends ProviderContext {
  readonly message: ProviderMessage;
}

/** The payment that a message reports. */
export interface ReportedPayment {
  /** The merchant's own reference of the paid order. */
  readonly reference: string;
  /** In the form in which the page reports it, for `verify`. */
  readonly result: OutcomeRequest['result'];
}

/** A token, and what else the element needs to open the provider's form. */
export interface ServerToken {
  readonly token: string;
  /** Seconds. */
  readonly expiresIn?: number;
  /** ISO 8601. */
  readonly expiresAt?: string;
  /** What the browser passes to the provider's library together with this token. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The numbers of the payment that are known already, for `onToken`. They are not sent to the browser. */
  readonly numbers?: PaymentNumbers;
}

/** The server half of a payment provider. */
export interface ServerProvider {
  /** As in the element's `provider` attribute, and in messages. */
  readonly name: string;
  /** Whether `createPayEndpoints()` must have it under `name`, because the page's `provider` chooses the host of the script. */
  readonly hasFixedName?: true;
  /** The environments that the provider has. */
  readonly environments: readonly Environment[];
  /** Whether `verify` itself charges the shopper. It is then not called for an order that is paid, held or saved. */
  readonly charges?: boolean;
  /**
   * Requests a token.
   *
   * @throws {Problem} `order` if the order lacks a field that the provider needs, `upstream-…` if the provider fails
   */
  createToken(context: ServerContext): Promise<ServerToken>;
  /** The rules by which `verify` reads the provider's words, for the documentation. */
  readonly outcomeRules?: readonly Omit<OutcomeRule<never>, 'matches'>[];
  /**
   * Requests the outcome from the provider. Returns *paid* only if the provider itself confirms it for this order, amount and currency.
   *
   * @throws {Problem} `request` if the page's result cannot come from the provider, `upstream-…` if the provider fails
   */
  verify(context: VerifyContext): Promise<VerifiedOutcome>;
  /**
   * Verifies that the provider signed a message, and finds its order. Absent if the provider signs no messages.
   *
   * @returns `undefined` for a message that reports no payment: it is answered with 200, and `onOutcome` is not called
   * @throws {Problem} `forged` if the signature is wrong, `refused` if the message names no order of the merchant's
   */
  receive?(context: ReceiveContext): Promise<ReportedPayment | undefined>;
  /** What an order may request beside a payment. The token endpoint answers 422 for anything else. */
  readonly orderFeatures?: OrderFeatures;
  /** What can be done with a payment after its outcome. */
  readonly operations?: ProviderOperations;
  /** The same for the documentation, and what to do instead of an operation that is missing. */
  readonly capabilities?: Capabilities;
}

/** A provider that sends no signed messages, so that it has neither a notification nor a return endpoint. */
export interface ProviderWithoutNotifications extends ServerProvider {
  readonly receive?: undefined;
}
