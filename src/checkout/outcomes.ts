import { confirmOutcome, type Confirmation } from '../endpoint/confirm-outcome.js';
import type { Outcome } from '../providers/provider.js';
import type { SettledAnswer } from '../shared/endpoint-contract.js';
import { CheckoutError } from '../state/errors.js';
import type { Timing } from '../state/events.js';
import { createResult, canFollow, type CheckoutState, type Result } from '../state/state.js';
import { attemptEnded } from './attempt-ended.js';
import type { Attempt, PageOptions } from './attempt.js';
import type { CheckoutStore } from './checkout-store.js';
import { measurePhase } from './measure-phase.js';
import { isSamePurchase, requestBody, type Settings } from './settings.js';
import { AbortController } from '../shared/natives.js';

/** What the page contributes. */
interface Page {
  pageOptions(this: void): Pick<PageOptions, 'requestOutcome'>;
  onTiming(this: void, timing: Timing): void;
}

type PaymentOutcome = Extract<Outcome, { raw: unknown }>;
type Ending = Exclude<Outcome, PaymentOutcome>;

/** A payment that a provider reported. */
interface Payment {
  readonly attempt: Attempt;
  readonly result: Result;
  /** Equal for equal reports. */
  readonly key: string;
}

/** Decides which state follows from what providers report, and has the backend confirm each payment. */
export class Outcomes {
  readonly #store: CheckoutStore;
  readonly #page: Page;
  #confirming = new AbortController();
  /** The payment that was reported last, confirmed or not. */
  #payment?: Payment;
  /** The payment that the backend has neither confirmed nor declined yet. */
  #unconfirmed?: Payment;
  /** An ending that was reported while the backend was confirming a payment. */
  #deferred?: () => void;

  constructor(store: CheckoutStore, page: Page) {
    this.#store = store;
    this.#page = page;
  }

  /** Whether the store's attempt has reported a payment. Closing its form does not undo a payment. */
  get mayHavePaid(): boolean {
    return this.#payment !== undefined && this.#payment.attempt === this.#store.attempt;
  }

  /** Stops confirming. Payments that are reported later still count. */
  stop(): void {
    this.#deferred = undefined;
    this.#confirming.abort();
  }

  /** Makes `resume()` ignore the unconfirmed payment. */
  forget(): void {
    this.#unconfirmed = undefined;
  }

  /** Requests confirmation again for an unconfirmed payment of this purchase. @returns whether there is one */
  resume(settings: Settings): boolean {
    const payment = this.#unconfirmed;
    if (!payment || !isSamePurchase(payment.attempt.settings, settings)) return false;
    this.#store.attempt = payment.attempt;
    void this.#confirm(payment, payment.attempt.settings.outcomeEndpoint!);
    return true;
  }

  handle(outcome: Outcome, attempt: Attempt): void {
    attempt.hasReported = true;
    if ('raw' in outcome) this.#handlePayment(outcome, attempt);
    // An end without a payment does not say what became of the money. The backend is asked, again if it could not say.
    else if (attempt.isUncertain) void (this.resume(attempt.settings) || this.#handlePayment({ status: 'pending', raw: {} }, attempt));
    // Ignore endings from an attempt that has already ended: closing its form undoes no payment.
    else if (attempt === this.#store.attempt && !attempt.controller.signal.aborted) this.#handleEnding(outcome, attempt);
  }

  /**
   * Ends the attempt with the outcome of an order that needs no payment now, such as one that was paid in another tab. If the attempt has
   * reported a payment itself, the confirmation of that payment decides.
   */
  settle(answer: SettledAnswer, attempt: Attempt): void {
    if (attempt.controller.signal.aborted || this.mayHavePaid) return;
    attempt.controller.abort(attemptEnded);
    this.#store.enter(stateAfter(answer, attempt.settings, { attempt: attempt.number }));
  }

  /** Money may have moved: a late payment ends the running attempt for the same purchase. */
  #handlePayment(outcome: PaymentOutcome, attempt: Attempt): void {
    const { attempt: running, state } = this.#store;
    if (running && attempt !== running && !isSamePurchase(attempt.settings, running.settings)) return;
    const key = [attempt.number, outcome.status, outcome.reference].join(' ');
    if (key === this.#payment?.key || !canFollow(state.status, outcome.status)) return;
    const { provider, outcomeEndpoint } = attempt.settings;
    const payment = { attempt, key, result: createResult({ ...outcome, provider }) };
    this.#payment = payment;
    this.#deferred = undefined;
    if (attempt !== running) running?.controller.abort(attemptEnded);
    if (outcome.status === 'succeeded') attempt.controller.abort(attemptEnded);
    this.#store.attempt = attempt;
    if (outcomeEndpoint) void this.#confirm(payment, outcomeEndpoint);
    else this.#store.enter(stateWithoutEndpoint(outcome.status, payment));
  }

  #handleEnding(outcome: Ending, attempt: Attempt): void {
    const { status } = this.#store.state;
    if (status === 'confirming') {
      this.#deferred ??= () => this.#handleEnding(outcome, attempt);
      return;
    }
    if (!canFollow(status, outcome.status)) return;
    // An expired form stays, because it holds what the shopper has typed.
    if (outcome.status !== 'expired') attempt.controller.abort(attemptEnded);
    this.#store.enter({ ...outcome, attempt: attempt.number });
  }

  async #confirm(payment: Payment, endpoint: URL): Promise<void> {
    const { result } = payment;
    const { number: attempt, settings } = payment.attempt;
    this.#confirming.abort();
    const { signal } = (this.#confirming = new AbortController());
    this.#unconfirmed = payment;
    this.#store.enter({ status: 'confirming', attempt, result });
    const { credentials } = settings;
    const { requestOutcome } = this.#page.pageOptions();
    const options = { endpoint, order: requestBody(settings), attempt, result, credentials, signal, requestOutcome };
    const confirmation = await measurePhase({ attempt: payment.attempt, signal, onTiming: this.#page.onTiming }, 'confirm', (onTry) =>
      confirmOutcome({ ...options, onTry }),
    );
    if (!signal.aborted) this.#conclude(confirmation, payment);
  }

  #conclude(confirmation: Confirmation, { attempt, result }: Payment): void {
    const deferred = this.#deferred;
    this.#deferred = undefined;
    const isPending = confirmation.outcome === 'pending';
    if (!isPending) {
      attempt.controller.abort(attemptEnded);
      this.#unconfirmed = undefined;
    }
    this.#store.enter(stateAfter(confirmation, attempt.settings, { attempt: attempt.number, result }));
    if (isPending) deferred?.();
  }
}

function stateWithoutEndpoint(status: PaymentOutcome['status'], { attempt: { number: attempt }, result }: Payment): CheckoutState {
  return status === 'pending' ? { status, attempt, result } : { status, attempt, result, confirmed: false };
}

/** @param reported has no `result` if the page reported no payment */
function stateAfter(
  { outcome, reason, ...details }: Confirmation,
  { provider }: Settings,
  reported: { attempt: number; result?: Result },
): CheckoutState {
  if (outcome === 'pending') return { status: outcome, ...reported, ...details };
  const { shopperMessage } = details;
  if (outcome !== 'declined')
    return { status: 'succeeded', ...reported, confirmed: true, outcome, ...(shopperMessage && { shopperMessage }) };
  const message = `${provider} reported a payment, but the outcome endpoint says that it was ${reason ?? outcome}.`;
  return { status: 'failed', attempt: reported.attempt, error: new CheckoutError('declined', reason, message, { shopperMessage }) };
}
