import type { Timing, TimingPhase } from '../state/events.js';
import type { Outcome } from '../providers/provider.js';
import type { Settings } from './settings.js';
import { timed } from './timing.js';
import type { RequestToken, Token } from '../endpoint/request-token.js';

/** One try at a payment, and its ties to the element. */
export interface Attempt {
  readonly number: number;
  readonly settings: Settings;
  readonly host: HTMLElement;
  /** The attempt's identity: whoever comes back from a wait asks it whether the attempt is still wanted. */
  readonly signal: AbortSignal;
  /** Aborts when the shopper has waited long enough for the form. */
  readonly patience: AbortSignal;
  /** BCP 47. */
  readonly locale: string;
  readonly frameTitle: string;
  /** Whether the shopper's own act, or the page's `load()`, began it. */
  readonly isManual: boolean;
  readonly requestToken?: RequestToken;
  /** @param expiresAt ISO 8601, where the session ages on */
  enter(status: 'loading' | 'initializing' | 'ready' | 'expired', expiresAt?: string): void;
  /** Whether the form that it opened is still what the shopper is to use. */
  isReady(): boolean;
  report(this: void, outcome: Outcome): void;
  tell(this: void, timing: Timing): void;
  onToken(this: void, token: Token): void;
}

/** Does one phase of the attempt, and tells how long it took. */
export function phase<T>(
  { number, signal, tell }: Attempt,
  name: TimingPhase,
  work: (onTry: (n: number) => void) => Promise<T>,
): Promise<T> {
  return timed({ phase: name, attempt: number, signal, tell }, work);
}
