import type { Providers } from '../endpoints-options.js';
import type { OrderInput } from '../order.js';
import type { Payment, SavedCard } from '../payment.js';
import type { PaymentOutcome } from '../payment-outcome.js';
import type { PaymentStatus, RefundResult } from './payment-status.js';
import type { OperationName, ProviderOperations } from './provider-operations.js';

/** The names of the providers that have an operation, or may have it. */
type NamesWith<All extends Providers, Operation extends OperationName> = {
  [Name in keyof All & string]: Lacks<All[Name]['operations'], Operation> extends true ? never : Name;
}[keyof All & string];

type Lacks<Operations, Operation extends OperationName> = [Operations] extends [undefined]
  ? true
  : [NonNullable<Operations>] extends [{ readonly [Name in Operation]?: undefined }]
    ? true
    : false;

/** A payment whose provider has the operation. Where its type does not name the provider, the operation itself checks it. */
type PaymentWith<All extends Providers, One extends { readonly provider: string }, Operation extends OperationName> = One &
  (string extends One['provider'] ? unknown : { readonly provider: NamesWith<All, Operation> });

export interface CancelRequest<One> {
  readonly payment: One;
}

export interface MoveAmountRequest<One> {
  readonly payment: One;
  /** Minor units. By default, all that is left. */
  readonly amount?: number;
  /** The merchant's own id of this refund or capture. The same key never moves money twice. */
  readonly key: string;
}

export interface ChargeRequest<One> {
  /** As `onOutcome` received it. */
  readonly card: One;
  /** What is paid. Its `reference` should be new, or belong to the same order. */
  readonly order: OrderInput;
  /** The merchant's own id of this charge. The same key never charges twice. */
  readonly key: string;
}

/** What can be done with a payment after its outcome. Amounts are minor units. */
export interface PayOperations<All extends Providers = Providers> {
  /**
   * Requests what the provider itself says about a payment now. Compares it with the price that the payment was made for.
   *
   * @throws {OperationNotSupported} the provider has no query; {Problem} the provider failed
   */
  query<One extends Payment>(payment: PaymentWith<All, One, 'query'>): Promise<PaymentStatus>;
  /**
   * Requests the current outcome of a payment, and passes it to `onOutcome`, as if the provider had reported it. Compares the payment with
   * the order that `orderByReference` returns. Several processes may settle the same payment at the same time.
   *
   * @throws {OperationNotSupported} the provider has no query; {Problem} the provider failed; or the error of `onOutcome`
   */
  settle<One extends Payment>(payment: PaymentWith<All, One, 'query'>): Promise<PaymentOutcome>;
  /**
   * Returns or releases all that is left of a payment before it is settled, or ends a payment that is pending. Returns what the provider
   * says afterwards: `reversed` if the money is back, `declined` if a pending payment has ended. `onOutcome` is not called: call `settle`.
   *
   * @throws {OperationNotSupported} {OperationRefused} {Problem}
   */
  cancel<One extends Payment>(request: CancelRequest<PaymentWith<All, One, 'cancel'>>): Promise<PaymentStatus>;
  /**
   * Returns money to the shopper. A refund that is `asked` is not final: `query` and `settle` report its current state.
   *
   * @throws {OperationNotSupported} {OperationRefused} {Problem}
   */
  refund<One extends Payment>(request: MoveAmountRequest<PaymentWith<All, One, 'refund'>>): Promise<RefundResult>;
  /**
   * Charges a held amount, or a part of it. `onOutcome` is not called: call `settle`.
   *
   * @throws {OperationNotSupported} {OperationRefused} {Problem}
   */
  capture<One extends Payment>(request: MoveAmountRequest<PaymentWith<All, One, 'capture'>>): Promise<PaymentStatus>;
  /**
   * Charges a saved card without the shopper, and passes the outcome to `onOutcome`. If the provider's response is lost, the outcome is
   * `pending`: call `charge` again with the same key.
   *
   * @throws {OperationNotSupported} {Problem}
   */
  charge<One extends SavedCard>(request: ChargeRequest<PaymentWith<All, One, 'charge'>>): Promise<PaymentOutcome>;
}

type RequiredName<Name extends keyof PayOperations> = Name extends 'settle' ? 'query' : Name;

/** The operations that at least one of the providers has. */
export type SupportedOperations<All extends Providers> = {
  readonly [Name in keyof PayOperations as [NamesWith<All, RequiredName<Name>>] extends [never] ? never : Name]: PayOperations<All>[Name];
};

/** A provider that has these operations, and no others. */
export type WithOperations<Names extends OperationName> = {
  readonly operations: ProviderOperations & { readonly [Name in Names]: NonNullable<ProviderOperations[Name]> } & {
    readonly [Name in Exclude<OperationName, Names>]?: undefined;
  };
};
