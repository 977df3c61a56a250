import type { Timing } from '../state/events.js';
import { type CheckoutError, isCheckoutError } from '../state/errors.js';
import type { CheckoutState } from '../state/state.js';
import type { PageOptions } from './attempt.js';
import type { Settings } from './settings.js';

/** The element, as its checkout uses it. */
export interface CheckoutHost {
  readonly element: HTMLElement;
  /** The value of the `provider` attribute. */
  provider(this: void): string;
  /** @throws {CheckoutError} code `config` */
  settings(this: void): Settings;
  /** Read at the start of each attempt, since the page may change them at any time. */
  pageOptions(this: void): PageOptions;
  /** Shows a state and dispatches its event. */
  onState(this: void, state: CheckoutState): void;
  onTiming(this: void, timing: Timing): void;
}

/** Reads the settings, or returns why they are wrong. */
export function settingsOrError(host: CheckoutHost): Settings | CheckoutError {
  try {
    return host.settings();
  } catch (error) {
    if (isCheckoutError(error)) return error;
    throw error;
  }
}
