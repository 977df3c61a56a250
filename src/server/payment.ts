import type { Environment } from '../shared/environment.js';
import type { Instructions } from '../shared/endpoint-contract.js';

/** The provider's own numbers of a payment. `id` is the one that no other payment of this provider has. */
export type PaymentNumbers = Readonly<Record<string, string | number>> & { readonly id?: string };

/**
 * Identifies a payment at its provider: plain JSON of at most 1 kB, with every number that a later query, refund or receipt needs. Store
 * it in one column, and pass it back. `provider`, `environment` and `id` together are unique.
 */
export type Payment = PaymentNumbers & {
  readonly provider: string;
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

/** A card or account that the provider stores for the merchant. It can be charged, so do not log it and do not send it to a page. */
export interface SavedCard {
  readonly token: string;
  /** The provider's id of the stored card, if it has one beside the token. */
  readonly id?: string;
  /** The shopper to whom the provider links the card. */
  readonly buyerId?: string;
  readonly brand?: string;
  readonly last4?: string;
}
