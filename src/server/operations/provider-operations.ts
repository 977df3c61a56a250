import type { Order } from '../order.js';
import type { Payment, RefundState, SavedCard } from '../payment.js';
import type { ProviderContext, VerifiedOutcome } from '../provider.js';
import type { MoneyMove } from './money-move.js';

export type OperationName = 'query' | 'cancel' | 'refund' | 'capture' | 'charge';

/** A provider's context for an operation on one payment. */
export interface OperationContext extends ProviderContext {
  readonly payment: Payment;
  /** The payment's order. Except for `pay.settle()`, it has only the reference and the price of the payment. */
  readonly order: Order;
}

/** The context in which a provider reads a payment. */
export interface PaymentContext extends OperationContext {
  /** Every refund, cancellation and capture of the payment that this package sent, as far as the ledger knows. */
  readonly moves: readonly MoneyMove[];
}

/** A refund that the provider lists for a payment, whoever requested it. */
export interface ListedRefund {
  /** The provider's id of it. */
  readonly id?: string;
  /** The merchant's key, if the provider returns it. */
  readonly key?: string;
  /** Minor units. */
  readonly amount: number;
  readonly state: RefundState;
}

/** What the provider itself says about a payment now. A provider may extend it with what its own `plan` needs. */
export interface PaymentRecord extends VerifiedOutcome {
  /** Minor units that were charged in the first place, whatever was returned since. 0 for a payment that is held, pending or declined. */
  readonly charged: number;
  /** Minor units that were held in the first place. 0 for a payment that was charged at once. */
  readonly held: number;
  readonly refunds: readonly ListedRefund[];
  /**
   * Whether the provider can never cancel the payment any more, because it has settled it. A cancellation with an unknown result then had no
   * effect, and is forgotten: a refund may return the money.
   */
  readonly cannotCancel?: boolean;
  /**
   * Whether the record itself shows that the payment was cancelled. By default, it was if its outcome is `reversed` or `declined`. A provider
   * sets it whose declined payment can still be paid.
   */
  readonly isCancelled?: boolean;
  /** Whether the record shows each cancellation that is done. A `paid` or `authorized` record then counts for more than the ledger. */
  readonly showsCancel?: boolean;
}

/** What the provider said about a move that was sent. */
export interface MoveResult {
  readonly state: RefundState;
  /** The provider's id of the refund, cancellation or capture. */
  readonly id?: string;
}

/** How a provider returns or captures money. */
export interface MoneyOperation<Record extends PaymentRecord = PaymentRecord> {
  /**
   * Chooses the provider's call by what the provider says about the payment now. It sends nothing.
   *
   * @param amount minor units
   * @param moves every other move of the payment now: another process may have added one since the record was read
   * @returns the call's name, which the ledger stores before the call is sent
   * @throws {OperationNotSupported} if this payment's method cannot do it
   * @throws {OperationRefused} if the payment's state does not allow it now
   */
  plan(record: Record, amount: number, moves: readonly MoneyMove[]): string;
  /**
   * Sends the call that `move.call` names. Its request has `money` set, so that a failure is known to have moved money or not. The payment
   * of its context has every number of the record that it was planned with.
   *
   * @throws {OperationRefused} if the provider did nothing, now or before, because of the payment's state: the move is planned once more
   * @throws {Problem} if the provider refused, failed, or did not respond
   */
  send(context: PaymentContext, move: MoneyMove): Promise<MoveResult>;
  /** Milliseconds for which the provider recognizes a repeated call. Without it, a call whose answer was lost is never repeated. */
  readonly repeatableFor?: number;
}

/** The context of a charge without the shopper. */
export interface ChargeContext extends ProviderContext {
  readonly order: Order;
  readonly card: SavedCard;
  /** The merchant's own id of this charge. The same key never charges twice. */
  readonly key: string;
}

/** What a provider can do with a payment after its outcome. */
export interface ProviderOperations {
  /** Returns the number by which the ledger knows the payment. It never changes. By default, it is `payment.id`. */
  identify?(payment: Payment): string | number | undefined;
  /**
   * Requests the provider's own record of the payment. Compares it with the price of `context.order`.
   *
   * @throws {Problem} `upstream-…`
   */
  query(context: PaymentContext): Promise<PaymentRecord>;
  /** Returns or releases all that is left, or cancels a payment that is pending. */
  readonly cancel?: MoneyOperation<never>;
  readonly refund?: MoneyOperation<never>;
  readonly capture?: MoneyOperation<never>;
  /** Charges a saved card without the shopper. */
  charge?(context: ChargeContext): Promise<VerifiedOutcome>;
}

/** What a provider offers for one operation, for the documentation and for `OperationNotSupported`. */
export interface Capability {
  /** `experimental`: known from integrators only, and behind `experimental: true` of the provider. */
  readonly support: 'yes' | 'experimental' | 'no';
  /** For the documentation, in Markdown: what it takes, and where the money is afterwards. */
  readonly words: string;
  /** What the merchant does instead, as a sentence: for the error, and for the documentation. */
  readonly instead?: string;
}

export type Capabilities = Readonly<Record<OperationName, Capability>>;
