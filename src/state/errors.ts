import { isQuotable } from '../shared/is-quotable.js';
import type { TextKey } from '../messages/texts.js';

interface Failure {
  readonly retryable: boolean;
  /** The key of the text that the shopper reads. */
  readonly text: TextKey;
}

const retryable = (text: TextKey): Failure => ({ retryable: true, text });
const final = (text: TextKey): Failure => ({ retryable: false, text });

const misconfigured = final('misconfigured');
const unreachable = retryable('unreachable');

/**
 * Every failure of a checkout, by code and reason: whether the same page may succeed later, and what the shopper reads. The tables in the
 * documentation are generated from this one.
 */
export const failures = {
  config: {
    attribute: misconfigured,
    'unknown-provider': misconfigured,
    environment: misconfigured,
    'already-open': retryable('alreadyOpen'),
    'environment-conflict': misconfigured,
    'provider-config': misconfigured,
  },
  endpoint: {
    offline: retryable('offline'),
    timeout: unreachable,
    unreachable,
    http: unreachable,
  },
  token: {
    refused: final('refused'),
    shape: misconfigured,
    mismatch: misconfigured,
    stale: unreachable,
    provider: unreachable,
  },
  asset: {
    offline: retryable('offline'),
    timeout: unreachable,
    blocked: misconfigured,
    'missing-global': unreachable,
    integrity: misconfigured,
    http: unreachable,
    unreachable: retryable('blocked'),
  },
  provider: {
    threw: unreachable,
    timeout: unreachable,
    blocked: misconfigured,
    session: unreachable,
    removed: retryable('interrupted'),
  },
  // Only in `state.error` of `pending`, whose text the shopper reads. Another attempt could be a second payment.
  outcome: {
    offline: final('pending'),
    timeout: final('pending'),
    unreachable: final('pending'),
    http: final('pending'),
    refused: final('pending'),
    shape: final('pending'),
  },
  declined: { '': retryable('declined'), returned: retryable('returned') },
} as const satisfies Record<string, Record<string, Failure>>;

export type ErrorCode = keyof typeof failures;
export type ErrorReason = Exclude<{ [Code in ErrorCode]: keyof (typeof failures)[Code] }[ErrorCode], ''>;

interface CheckoutErrorOptions {
  readonly cause?: Error;
  /** Overrides the table, for an endpoint that reports that no retry can help. */
  readonly retryable?: boolean;
  readonly shopperMessage?: string;
}

/** Describes a failure to developers. Shoppers read a translated text that `code` and `reason` select. */
export class CheckoutError extends Error {
  override readonly name = 'CheckoutError';
  readonly code: ErrorCode;
  readonly reason?: ErrorReason;
  /** Whether the same page may succeed later. `retry()` is allowed either way. */
  readonly retryable: boolean;
  /** The merchant's own sentence, which the shopper reads in place of ours. */
  readonly shopperMessage?: string;

  /**
   * @param message says what to do. It never contains a token, a credential, a config or a response body
   */
  constructor(
    code: ErrorCode,
    reason: ErrorReason | undefined,
    message: string,
    { cause, retryable, shopperMessage }: CheckoutErrorOptions = {},
  ) {
    super(message, cause && { cause });
    this.code = code;
    if (reason) this.reason = reason;
    this.retryable = retryable ?? findFailure(code, reason).retryable;
    if (shopperMessage) this.shopperMessage = shopperMessage;
  }
}

export function findFailure(code: ErrorCode, reason: ErrorReason | undefined): Failure {
  const reasons: Record<string, Failure> = failures[code];
  return reasons[reason ?? ''] ?? (code === 'config' ? misconfigured : unreachable);
}

/** Selects the text that the shopper reads. It must not suggest a retry if the endpoint reports that none can help. */
export function selectText({ code, reason, retryable }: CheckoutError): TextKey {
  const { text } = findFailure(code, reason);
  return text === 'unreachable' && !retryable ? 'misconfigured' : text;
}

/** Compares the name, because a provider from another build of this package throws that build's class. */
export function isCheckoutError(error: unknown): error is CheckoutError {
  return error instanceof Error && error.name === 'CheckoutError' && 'code' in error;
}

/** Returns the name of a thrown error, or `value`. The message of foreign code is never passed on: it may quote a token or a config. */
export function getErrorName(error: unknown): string {
  return error instanceof Error && isQuotable(error.name) ? error.name : 'value';
}
