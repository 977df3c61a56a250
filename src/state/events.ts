import type { CheckoutState, Status } from './state.js';

/** Entering state X dispatches `pay-X`. Bubbles, and crosses shadow roots. */
export class PayStateEvent<State extends CheckoutState = CheckoutState> extends Event {
  /** The frozen state that was entered; `element.state` is the same object. */
  readonly state: State;

  constructor(state: State) {
    super(`pay-${state.status}`, { bubbles: true, composed: true });
    this.state = state;
  }
}

export type TimingPhase = 'token' | 'assets' | 'mount' | 'confirm';

export type Timing = Pick<PayTimingEvent, 'phase' | 'duration' | 'attempt' | 'tries'>;

/** `pay-timing`: how long a phase took, for the merchant's own monitoring. The same stands in User Timing as `pay-checkout:<phase>`. */
export class PayTimingEvent extends Event {
  /** What was waited for. */
  readonly phase: TimingPhase;
  /** Milliseconds. */
  readonly duration: number;
  /** Of which attempt, counted from 1. */
  readonly attempt: number;
  /** How often it was tried; 1 where the first try was enough. */
  readonly tries: number;

  constructor({ phase, duration, attempt, tries }: Timing) {
    super('pay-timing', { bubbles: true, composed: true });
    this.phase = phase;
    this.duration = duration;
    this.attempt = attempt;
    this.tries = tries;
  }
}

/** Every event of the element, by name. */
export type PayEventMap = {
  [S in Exclude<Status, 'idle'> as `pay-${S}`]: PayStateEvent<CheckoutState & { status: S }>;
} & { 'pay-timing': PayTimingEvent };

declare global {
  // Of every element, the document and the window: the events bubble.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- only an interface is merged with the browser's own
  interface GlobalEventHandlersEventMap extends PayEventMap {}
}
