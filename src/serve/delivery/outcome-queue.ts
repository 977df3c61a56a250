import type { OutcomeCall } from './outcome-call.js';

/** Keeps outcome calls until the shop has received them. */
export interface OutcomeQueue {
  /** Whether kept calls survive the process. */
  readonly isDurable: boolean;
  /**
   * Keeps a call, and sends it with growing waits until the shop has received it, for a day. The same outcome is kept once.
   *
   * @throws {Error} if it cannot be kept
   */
  keep(call: OutcomeCall): Promise<KeptCall>;
  /** Returns how many calls wait. */
  count(): Promise<number>;
  /** Waits for the calls that are being sent, and stops. A queue that is not durable sends each waiting call once more. */
  close(): Promise<void>;
}

export interface KeptCall {
  /** Forgets the call, because the shop has received it. */
  remove(): Promise<void>;
}

/** Receives a call that the shop has not received for a day, with its last error. */
export type OnGivenUp = (error: unknown, call: OutcomeCall) => void;

/** Sends a kept call. @throws {Error} if the shop has not received it */
export type SendOutcome = (call: OutcomeCall) => Promise<unknown>;

/** Milliseconds for which a call is sent again. */
export const keepFor = 24 * 60 * 60_000;
/** Milliseconds before the first repetition: longer than the direct call takes, which is sent at the same time. */
export const firstWait = 10_000;
/** Milliseconds. */
export const longestWait = 10 * 60_000;
