import { isQuotable } from '../shared/is-quotable.js';
import type { TextKey } from '../messages/texts.js';

interface Failure {
  readonly retryable: boolean;
  /** Which text the shopper reads. */
  readonly text: TextKey;
}

const again = (text: TextKey): Failure => ({ retryable: true, text });
const never = (text: TextKey): Failure => ({ retryable: false, text });

const misconfigured = never('misconfigured');
const unreachable = again('unreachable');

/**
 * Every way in which a checkout fails: code × reason × whether the same page may succeed later × what the shopper reads.
 * The tables in the documentation are made from this one.
 */
export const failures = {
  config: {
    attribute: misconfigured,
    'unknown-provider': misconfigured,
    environment: misconfigured,
    'already-open': again('alreadyOpen'),
    'environment-conflict': misconfigured,
    'provider-config': misconfigured,
  },
  endpoint: {
    offline: again('offline'),
    timeout: unreachable,
    unreachable,
    http: unreachable,
  },
  token: {
    refused: never('refused'),
    shape: misconfigured,
    mismatch: misconfigured,
    stale: unreachable,
    provider: unreachable,
  },
  asset: {
    offline: again('offline'),
    timeout: unreachable,
    blocked: misconfigured,
    'missing-global': unreachable,
    integrity: misconfigured,
    http: unreachable,
    unreachable: again('blocked'),
  },
  provider: {
    threw: unreachable,
    timeout: unreachable,
    blocked: misconfigured,
    session: unreachable,
  },
  declined: { '': again('declined') },
} as const satisfies Record<string, Record<string, Failure>>;

export type ErrorCode = keyof typeof failures;
export type ErrorReason = Exclude<{ [Code in ErrorCode]: keyof (typeof failures)[Code] }[ErrorCode], ''>;

/** What went wrong, for a developer. Shoppers read a translated text that is chosen by `code` and `reason`. */
export class CheckoutError extends Error {
  override readonly name = 'CheckoutError';
  readonly code: ErrorCode;
  readonly reason?: ErrorReason;
  /** Whether the same page may succeed later. `retry()` is allowed either way. */
  readonly retryable: boolean;

  /**
   * @param message a sentence that says what to do; never a token, a credential, a config or a response body
   * @param options.retryable overrules the table where the endpoint itself said that no retry can mend it
   */
  constructor(code: ErrorCode, reason: ErrorReason | undefined, message: string, options: { cause?: Error; retryable?: boolean } = {}) {
    super(message, options.cause && { cause: options.cause });
    this.code = code;
    if (reason) this.reason = reason;
    this.retryable = options.retryable ?? findFailure(code, reason).retryable;
  }
}

export function findFailure(code: ErrorCode, reason: ErrorReason | undefined): Failure {
  const reasons: Record<string, Failure> = failures[code];
  return reasons[reason ?? ''] ?? (code === 'config' ? misconfigured : unreachable);
}

/** Which text the shopper reads. Nobody is told to try again where that cannot help, as the endpoint itself may say. */
export function selectText({ code, reason, retryable }: CheckoutError): TextKey {
  const { text } = findFailure(code, reason);
  return text === 'unreachable' && !retryable ? 'misconfigured' : text;
}

/** By name, because a provider that comes with another build of this package brings a class of its own. */
export function isCheckoutError(error: unknown): error is CheckoutError {
  return error instanceof Error && error.name === 'CheckoutError' && 'code' in error;
}

/** All that is passed on of what somebody else threw: its own words may quote a token or a config. */
export function getErrorName(error: unknown): string {
  return error instanceof Error && isQuotable(error.name) ? error.name : 'value';
}

/** Tells whoever writes the page and does not listen yet. Its cause stays out: it may have a provider's own words. */
export function logError({ message }: CheckoutError): void {
  // eslint-disable-next-line no-console -- nobody else would tell
  console.warn(`pay-checkout: ${message}`);
}
