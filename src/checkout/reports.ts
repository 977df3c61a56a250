import { CheckoutError } from '../state/errors.js';
import type { Timing } from '../state/events.js';
import { confirmOutcome, type Confirmation } from '../endpoint/confirm-outcome.js';
import type { Outcome } from '../providers/provider.js';
import { isSamePurchase, requestOf, type Settings } from './settings.js';
import { over } from './attempt-ended.js';
import { createResult, canFollow, type CheckoutState, type Result } from '../state/state.js';
import { timed } from './timing.js';

/** An attempt, as far as its reports are concerned. */
export interface Source {
  readonly number: number;
  readonly settings: Settings;
  /** Ends the attempt, and with it the provider's form. */
  readonly controller: AbortController;
}

/**
 * What leads from a provider's form to us, until the element is removed, which alone silences an attempt. A library that never lets
 * go of its callbacks would hold all that they lead to.
 */
export interface Connection {
  reports?: Reports;
}

export function listenOver(connection: Connection, source: Source): (this: void, outcome: Outcome) => void {
  return (outcome) => connection.reports?.hear(outcome, source);
}

interface Listener {
  state(): CheckoutState;
  enter(state: CheckoutState): void;
  tell(this: void, timing: Timing): void;
}

interface Unconfirmed {
  readonly from: Source;
  readonly result: Result;
  readonly endpoint: URL;
}

type Payment = Extract<Outcome, { raw: unknown }>;
type Ending = Exclude<Outcome, Payment>;

/** Judges what the providers report of their attempts, and has the backend confirm what may be a payment. */
export class Reports {
  /** The attempt that may speak. */
  source?: Source;
  readonly #listener: Listener;
  #confirming = new AbortController();
  #lastPayment = '';
  /** The attempt of the last payment that was reported, whatever came of it. */
  #paying?: Source;
  #deferred?: () => void;
  /** A payment of which the backend has not said yet that it is paid, or that it is not. */
  unconfirmed?: Unconfirmed;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Whether the attempt that may speak has reported a payment: closing its form does not undo that. */
  get mayHavePaid(): boolean {
    return this.#paying !== undefined && this.#paying === this.source;
  }

  /** Ends the attempt, and the question to the backend. A payment that is reported later is still heard. */
  stop(): void {
    this.#deferred = undefined;
    this.#confirming.abort();
    this.source?.controller.abort(over);
  }

  /** Asks again about what was not confirmed of that purchase. @returns whether there is such a payment */
  resume(settings: Settings): boolean {
    const { unconfirmed } = this;
    if (!unconfirmed || !isSamePurchase(unconfirmed.from.settings, settings)) return false;
    this.source = unconfirmed.from;
    void this.#confirm(unconfirmed);
    return true;
  }

  hear(outcome: Outcome, from: Source): void {
    if ('raw' in outcome) this.#hearPayment(outcome, from);
    // Whose form is gone has nothing more to end: closing it after a success undoes no payment, not even one that the backend does not know of yet.
    else if (from === this.source && !from.controller.signal.aborted) this.#hearEnding(outcome, from);
  }

  /** A late one ends the running attempt for the same purchase: money may have moved. */
  #hearPayment(outcome: Payment, from: Source): void {
    const { source } = this;
    if (source && from !== source && !isSamePurchase(from.settings, source.settings)) return;
    const key = [from.number, outcome.status, outcome.reference].join(' ');
    if (key === this.#lastPayment || !canFollow(this.#listener.state().status, outcome.status)) return;
    this.#lastPayment = key;
    this.#paying = from;
    this.#deferred = undefined;
    if (from !== source) source?.controller.abort(over);
    if (outcome.status === 'succeeded') from.controller.abort(over);
    this.source = from;
    this.#passOn(outcome, from, createResult({ ...outcome, provider: from.settings.provider }));
  }

  #passOn({ status }: Payment, from: Source, result: Result): void {
    const endpoint = from.settings.outcomeEndpoint;
    if (endpoint) void this.#confirm({ from, result, endpoint });
    else if (status === 'pending') this.#listener.enter({ status, attempt: from.number, result });
    else this.#listener.enter({ status, attempt: from.number, result, confirmed: false });
  }

  #hearEnding(outcome: Ending, from: Source): void {
    const { status } = this.#listener.state();
    if (status === 'confirming') {
      this.#deferred ??= () => this.#hearEnding(outcome, from);
      return;
    }
    if (!canFollow(status, outcome.status)) return;
    // A form that reports an end a second time has nothing to add.
    if (status === 'failed') return;
    // A form that expired stays: the shopper's typing is in it.
    if (outcome.status !== 'expired') from.controller.abort(over);
    this.#listener.enter({ ...outcome, attempt: from.number });
  }

  async #confirm(unconfirmed: Unconfirmed): Promise<void> {
    const { from, result, endpoint } = unconfirmed;
    this.#confirming.abort();
    const { signal } = (this.#confirming = new AbortController());
    this.unconfirmed = unconfirmed;
    this.#listener.enter({ status: 'confirming', attempt: from.number, result });
    const { number: attempt, settings } = from;
    const said = await timed({ phase: 'confirm', attempt, signal, tell: this.#listener.tell }, (onTry) =>
      confirmOutcome({ endpoint, order: requestOf(settings), attempt, result, credentials: settings.credentials, signal, onTry }),
    );
    if (!signal.aborted) this.#confirmed(said, from, result);
  }

  #confirmed(said: Confirmation, from: Source, result: Result): void {
    const deferred = this.#deferred;
    this.#deferred = undefined;
    if (said.outcome !== 'pending') {
      from.controller.abort(over);
      this.unconfirmed = undefined;
    }
    this.#listener.enter(stateAfter(said, from, result));
    if (said.outcome === 'pending') deferred?.();
  }
}

function stateAfter({ outcome, error }: Confirmation, { number: attempt, settings }: Source, result: Result): CheckoutState {
  if (outcome === 'pending') return { status: 'pending', attempt, result, ...(error && { error }) };
  if (outcome === 'paid') return { status: 'succeeded', attempt, result, confirmed: true };
  const message = `${settings.provider} reported a payment, but the outcome endpoint says that it was declined.`;
  return { status: 'failed', attempt, error: new CheckoutError('declined', undefined, message) };
}
