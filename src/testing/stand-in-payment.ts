/** A payment that a shopper made at a stand-in, with the same fields for each provider. */
export interface StandInPayment {
  /** `payment.id` of the server half, which `settle`, `refund`, `dispute` and `notification` take. */
  readonly id: string;
  readonly environment: string;
  /** The reference of the order. If the provider does not receive it, its own number of the order. */
  readonly order: string;
  /** Minor units. */
  readonly amount: number;
  /** ISO 4217, letters. */
  readonly currency: string;
  /** In the provider's own word, such as `AUTORIZADO`. */
  readonly state: string;
  /** Minor units of all refunds that were not rejected. */
  readonly refunded: number;
  /** Milliseconds since the epoch. */
  readonly paidAtMs: number;
  /** The address for notifications in the token, if it has one. */
  readonly notificationUrl?: string;
}
