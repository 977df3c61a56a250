import type { OutcomeCall } from './outcome-call.js';

/** Keeps outcome calls until the shop has received them. */
export interface OutcomeQueue {
  /** Whether kept calls survive the process. */
  readonly isDurable: boolean;
  /** Keeps a call, which is sent again with growing waits for a day. The same outcome is kept once. @throws {Error} if it cannot be kept */
  keep(call: OutcomeCall): Promise<KeptCall>;
  /** Returns how many calls wait. */
  count(): Promise<number>;
  /** Waits for the calls that are being sent, and stops. */
  close(): Promise<void>;
}

export interface KeptCall {
  /** Forgets the call, because the shop has received it. */
  remove(): Promise<void>;
}

/** Sends a kept call. @throws {Error} if the shop has not received it */
export type SendOutcome = (call: OutcomeCall) => Promise<unknown>;

/** Milliseconds for which a call is sent again. */
export const keepFor = 24 * 60 * 60_000;
/** Milliseconds before the first repetition. It leaves the direct call its time. */
export const firstWait = 10_000;
/** Milliseconds. */
export const longestWait = 10 * 60_000;
