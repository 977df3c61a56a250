import type { Token } from '../endpoint/request-token.js';
import type { RequestFunction } from '../endpoint/send-request.js';
import type { Outcome } from '../providers/provider.js';
import type { SettledAnswer } from '../shared/endpoint-contract.js';
import type { Timing } from '../state/events.js';
import type { Settings } from './settings.js';

/** One try at a payment. A library may keep this object for ever, so it references nothing of the page. */
export interface Attempt {
  /** Counts from 1. */
  readonly number: number;
  readonly settings: Settings;
  /** Ends the attempt. After each `await`, code checks this signal: it says whether the attempt is still wanted. */
  readonly controller: AbortController;
  /** Whether the provider has reported an outcome of this attempt. */
  hasReported: boolean;
  /** Whether money may have moved without a report of it. Then no report ends the attempt as unpaid. */
  isUncertain?: boolean;
  /** Aborts when the shopper touches the newest form of the attempt. From then on, a payment may be in flight. */
  touched?: AbortSignal;
  /** Whether the form stays valid when the price changes, see `Provider`. */
  pricedLater?: boolean;
}

/** What the page contributes to an attempt. */
export interface PageOptions {
  readonly host: HTMLElement;
  /** BCP 47. */
  readonly locale: string;
  /** The title of an iframe that the provider leaves without one. */
  readonly frameTitle: string;
  /** Whether `loading` is `manual`. */
  readonly isManual: boolean;
  readonly requestToken?: RequestFunction;
  readonly requestOutcome?: RequestFunction;
}

/** A state that the attempt enters, a new token, the loss of the form, or the outcome of an order that needs no payment now. */
export type AttemptEvent =
  | { readonly status: 'loading' | 'initializing' }
  /** `expiresAt`: ISO 8601, if the session ages while the form is open. */
  | { readonly status: 'ready'; readonly expiresAt?: string }
  | { readonly token: Token }
  /** The page has removed the form. */
  | { readonly removed: true }
  | SettledAnswer;

/** Everything that the code of an attempt needs. It returns its results by `emit()` and `report()`. */
export interface AttemptContext {
  readonly attempt: Attempt;
  /** The signal of the attempt's controller. */
  readonly signal: AbortSignal;
  readonly page: PageOptions;
  /** Aborts when the shopper has waited too long for the form. */
  readonly timeout: AbortSignal;
  emit(this: void, event: AttemptEvent): void;
  onTiming(this: void, timing: Timing): void;
  /** Called when the first try of a request has failed. */
  onRetry(this: void): void;
  /** Receives what the provider reports, even after the attempt has ended. A library may keep this function for ever. */
  report(this: void, outcome: Outcome): void;
}
