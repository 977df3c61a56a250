import { Event } from '../shared/natives.js';
import type { CheckoutState, Status } from './state.js';

/** `pay-<status>`: the element has entered a state. Bubbles, and crosses shadow roots. */
export class PayStateEvent<State extends CheckoutState = CheckoutState> extends Event {
  /** The frozen state that the element entered. `element.state` is the same object. */
  readonly state: State;

  constructor(state: State) {
    super(`pay-${state.status}`, { bubbles: true, composed: true });
    this.state = state;
  }
}

export type TimingPhase = 'token' | 'assets' | 'mount' | 'confirm';

export type Timing = Pick<PayTimingEvent, 'phase' | 'duration' | 'attempt' | 'tries'>;

/** `pay-timing`: how long a phase took, for the merchant's monitoring. User Timing has the same entry as `pay-checkout:<phase>`. */
export class PayTimingEvent extends Event {
  /** The phase that was measured. */
  readonly phase: TimingPhase;
  /** Milliseconds. */
  readonly duration: number;
  /** The attempt, counted from 1. */
  readonly attempt: number;
  /** The number of requests: 1 if the first succeeded. */
  readonly tries: number;

  constructor({ phase, duration, attempt, tries }: Timing) {
    super('pay-timing', { bubbles: true, composed: true });
    this.phase = phase;
    this.duration = duration;
    this.attempt = attempt;
    this.tries = tries;
  }
}

/** The events of the element, by name. */
export type PayEventMap = {
  [S in Exclude<Status, 'idle'> as `pay-${S}`]: PayStateEvent<CheckoutState & { status: S }>;
} & { 'pay-timing': PayTimingEvent };

declare global {
  // The events bubble, so every element, the document and the window can listen to them.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- only an interface is merged with the browser's own
  interface GlobalEventHandlersEventMap extends PayEventMap {}
}
