import { logError } from '../state/console.js';
import { canFollow, type CheckoutState } from '../state/state.js';
import type { Attempt } from './attempt.js';
import type { Settings } from './settings.js';
import { AbortController } from '../shared/natives.js';

/** The state of one element's checkout, and the attempt that it is about. */
export class CheckoutStore {
  state: CheckoutState = Object.freeze({ status: 'idle', attempt: 0 });
  attempt?: Attempt;
  /** The number of attempts so far. */
  count = 0;
  readonly #onState: (state: CheckoutState) => void;

  /** @param onState receives each state that is entered */
  constructor(onState: (state: CheckoutState) => void) {
    this.#onState = onState;
  }

  createAttempt(settings: Settings): Attempt {
    return (this.attempt = { number: ++this.count, settings, controller: new AbortController(), hasReported: false });
  }

  /** Enters a state, unless it may not follow the present one. */
  enter(state: CheckoutState): void {
    if (!canFollow(this.state.status, state.status)) return;
    this.state = Object.freeze(this.attempt ? { ...state, provider: this.attempt.settings.provider } : state);
    if ('error' in state && state.error) logError(state.error);
    this.#onState(this.state);
  }

  /** Returns to `idle`, which has no event. */
  reset(): void {
    this.state = Object.freeze({ status: 'idle', attempt: this.count });
  }
}
