import type { Instructions, SettledOutcome } from '../shared/endpoint-contract.js';
import type { CheckoutError } from './errors.js';

/** The data that the outcome endpoint needs. `JSON.stringify` leaves out `raw` and `singleUseToken`. */
export interface Result {
  readonly provider: string;
  /** The provider's own reference to the payment. */
  readonly reference?: string;
  /** Only Payroc returns one. */
  readonly singleUseToken?: string;
  /** The object that the provider's library reported. */
  readonly raw: unknown;
}

/** `attempt` counts from 1. It is 0 before the first attempt. */
interface HasAttempt {
  readonly attempt: number;
  /** The provider of the attempt: that of the attribute, or a fallback that has replaced it. */
  readonly provider?: string;
}

export type CheckoutState = Readonly<
  HasAttempt &
    (
      | { status: 'idle' | 'loading' | 'initializing' | 'cancelled' | 'expired' }
      /** `expiresAt`: ISO 8601, for providers whose session ages while the form is open. */
      | { status: 'ready'; expiresAt?: string }
      | { status: 'confirming'; result: Result }
      /**
       * `result`: absent if the page reported no payment, because the token endpoint answered with the outcome.
       * `instructions`: what the shopper needs to complete the payment.
       * `shopperMessage`: the merchant's own sentence, which the shopper reads.
       * `error`: why the outcome endpoint did not return an outcome, if it failed.
       */
      | { status: 'pending'; result?: Result; instructions?: Instructions; shopperMessage?: string; error?: CheckoutError }
      /**
       * `result`: absent if the page reported no payment, because the token endpoint answered with the outcome.
       * `confirmed`: whether the merchant's backend confirmed the outcome. Otherwise only the provider reported a payment.
       * `outcome`: how far the payment went, if the backend confirmed it: the order is paid only if it is `paid`.
       */
      | { status: 'succeeded'; result?: Result; confirmed: boolean; outcome?: SettledOutcome; shopperMessage?: string }
      | { status: 'failed'; error: CheckoutError }
    )
>;

export type Status = CheckoutState['status'];
const reportable = ['confirming', 'succeeded', 'pending', 'failed', 'cancelled', 'expired'] as const;
/** A late success is never dropped: money may have moved. */
const late = ['loading', 'confirming', 'succeeded', 'pending'] as const;

/** The states that each state may be followed by. Other reports are ignored. */
const successors: Record<Status, readonly Status[]> = {
  // An element that is inserted again continues to confirm its payment.
  idle: ['loading', 'confirming', 'failed'],
  loading: ['loading', 'initializing', ...reportable],
  initializing: ['loading', 'ready', ...reportable],
  ready: ['loading', 'ready', ...reportable],
  confirming: ['loading', 'confirming', 'succeeded', 'pending', 'failed'],
  pending: ['loading', ...reportable],
  failed: late,
  cancelled: late,
  expired: late,
  succeeded: [],
};

export function canFollow(from: Status, to: Status): boolean {
  return successors[from].includes(to);
}

/** Whether `retry()` starts a new attempt in this state. */
export function canRetry(status: Status): boolean {
  return status === 'failed' || status === 'cancelled' || status === 'expired' || status === 'pending';
}

/** Creates a result whose secrets are not enumerable, so that serialized events and states do not contain them. */
export function createResult({ provider, reference, singleUseToken, raw }: Result): Result {
  const result = reference === undefined ? { provider } : { provider, reference };
  return Object.freeze(
    Object.defineProperties(result, {
      singleUseToken: { value: singleUseToken },
      raw: { value: raw },
    }),
  ) as Result;
}
