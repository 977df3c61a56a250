import type { Environment } from '../shared/environment.js';
import type { Instructions } from '../shared/endpoint-contract.js';

/** The provider's own numbers of a payment. `id` is the one that no other payment of this provider has. */
export type PaymentNumbers = Readonly<Record<string, string | number>> & { readonly id?: string };

/**
 * Identifies a payment at its provider: plain JSON of at most 1 kB, with every number that a later query, refund or receipt needs. Store
 * it in one column of a row for each `id`, and pass it back. `provider`, `environment` and `id` together are unique.
 */
export type Payment<Name extends string = string> = PaymentNumbers & {
  readonly provider: Name;
  readonly environment: Environment;
  /** The merchant's own reference. */
  readonly order: string;
};

/** What the provider reports about a payment, for receipts and support. It contains no personal data and no secret. */
export interface PaymentDetails {
  /** The payment method in the provider's own word, such as `CARD`, `YAPE` or `QR`. */
  readonly method?: string;
  /** The card's brand in the provider's own word, such as `VISA`. */
  readonly brand?: string;
  /** The last four digits of the card or account. */
  readonly last4?: string;
  readonly authorizationCode?: string;
  /** The number of monthly payments that the shopper chose. */
  readonly installments?: number;
  /** Minor units: what was charged or held, with any surcharge. Where the provider does not report it, the order's amount. */
  readonly amount: number;
  /** ISO 4217, letters. */
  readonly currency: string;
  /** The time of the payment by the provider, as ISO 8601 with its offset. */
  readonly paidAt?: string;
  /** The number that the provider's support asks for, where it differs from `transactionId`. */
  readonly operationNumber?: string;
  readonly transactionId?: string;
  /** What a shopper needs to complete a pending payment. */
  readonly instructions?: Instructions;
}

/**
 * `asked`: the refund was sent, and the provider has not decided it yet, or its response was lost. `done`: the money went back. `rejected`:
 * it did not, and will not.
 */
export type RefundState = 'asked' | 'done' | 'rejected';

/** A refund of a payment. */
export interface Refund {
  /** The merchant's own id of it. Absent for a refund that was not made with `pay.refund()`, such as one in the provider's panel. */
  readonly key?: string;
  /** The provider's id of it, if it has one. */
  readonly id?: string;
  /** Minor units. */
  readonly amount: number;
  readonly state: RefundState;
}

/** A card or account that a provider stores for the merchant, as plain JSON. It can be charged: do not log it, or send it to a page. */
export interface SavedCard extends StoredCard {
  readonly provider: string;
  readonly environment: Environment;
}

/** A saved card as the provider's module describes it. */
export interface StoredCard {
  readonly token: string;
  /** The provider's id of the stored card, if it has one beside the token. */
  readonly id?: string;
  /** The shopper to whom the provider links the card. */
  readonly buyerId?: string;
  readonly brand?: string;
  readonly last4?: string;
  /** Further numbers that the provider needs to charge the card later. */
  readonly numbers?: Readonly<Record<string, string>>;
}
