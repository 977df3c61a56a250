import type { CheckoutError } from './errors.js';

/** What the outcome endpoint needs. `raw` and `singleUseToken` can be read, but show up in no `JSON.stringify`. */
export interface Result {
  readonly provider: string;
  /** The provider's own reference to the payment. */
  readonly reference?: string;
  /** Payroc's. */
  readonly singleUseToken?: string;
  /** The provider's own object, as its library reported it. */
  readonly raw: unknown;
}

/** `attempt` counts from 1; it is 0 while nothing was tried. */
interface Attempted {
  readonly attempt: number;
}

export type CheckoutState = Readonly<
  Attempted &
    (
      | { status: 'idle' | 'loading' | 'initializing' | 'cancelled' | 'expired' }
      /** `expiresAt`: ISO 8601, where the session ages on. */
      | { status: 'ready'; expiresAt?: string }
      | { status: 'confirming'; result: Result }
      /** `error`: why the outcome endpoint could not say more, where that is so. */
      | { status: 'pending'; result: Result; error?: CheckoutError }
      /** `confirmed`: whether the merchant's backend said so, or only the provider. */
      | { status: 'succeeded'; result: Result; confirmed: boolean }
      | { status: 'failed'; error: CheckoutError }
    )
>;

export type Status = CheckoutState['status'];
const reported = ['confirming', 'succeeded', 'pending', 'failed', 'cancelled', 'expired'] as const;
/** A late success is never dropped: money may have moved. */
const late = ['loading', 'confirming', 'succeeded', 'pending'] as const;

/** Who may follow whom. Whatever else is reported is ignored. */
const followers: Record<Status, readonly Status[]> = {
  // An element that is put back goes on asking about a payment.
  idle: ['loading', 'confirming', 'failed'],
  loading: ['loading', 'initializing', ...reported],
  initializing: ['loading', 'ready', ...reported],
  ready: ['loading', 'ready', ...reported],
  confirming: ['loading', 'confirming', 'succeeded', 'pending', 'failed'],
  pending: ['loading', ...reported],
  failed: late,
  cancelled: late,
  expired: late,
  succeeded: [],
};

export function canFollow(from: Status, to: Status): boolean {
  return followers[from].includes(to);
}

/** The states in which `retry()` begins a new attempt. */
export function canRetry(status: Status): boolean {
  return status === 'failed' || status === 'cancelled' || status === 'expired' || status === 'pending';
}

/** Keeps what only the outcome endpoint may see out of every serialised event and state. */
export function createResult({ provider, reference, singleUseToken, raw }: Result): Result {
  const result = reference === undefined ? { provider } : { provider, reference };
  return Object.freeze(
    Object.defineProperties(result, {
      singleUseToken: { value: singleUseToken },
      raw: { value: raw },
    }),
  ) as Result;
}
