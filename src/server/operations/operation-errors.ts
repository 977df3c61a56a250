import type { OperationName } from './provider-operations.js';

/** Thrown by an operation that a provider lacks, or that no document describes. The message says what to do instead. */
export class OperationNotSupported extends Error {
  override readonly name = 'OperationNotSupported';
  readonly provider: string;
  readonly operation: OperationName | 'settle';

  /** @param instead a sentence that says what the merchant does instead */
  constructor(provider: string, operation: OperationName | 'settle', instead: string) {
    super(`pay.${operation}(): ${instead}`);
    this.provider = provider;
    this.operation = operation;
  }
}

/**
 * Why a payment cannot be changed now.
 *
 * `amount`: more than what is left of the payment. `state`: not in this state of the payment. `undecided`: while the result of an earlier refund,
 * cancellation or capture is unknown. `key`: the key belongs to an earlier call with another amount.
 */
export type RefusalReason = 'amount' | 'state' | 'undecided' | 'key';

/** Thrown by an operation that the payment does not allow now. Nothing was sent, or the provider said that it did nothing. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
