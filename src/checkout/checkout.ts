import type { Token } from '../endpoint/request-token.js';
import { setFormInert } from '../page/mount.js';
import { isRendered } from '../page/visibility.js';
import { logError } from '../state/console.js';
import { type CheckoutError, isCheckoutError } from '../state/errors.js';
import { canRetry, type CheckoutState } from '../state/state.js';
import { attemptEnded } from './attempt-ended.js';
import type { Attempt, AttemptContext, AttemptEvent } from './attempt.js';
import { settingsOrError, type CheckoutHost } from './checkout-host.js';
import { CheckoutStore } from './checkout-store.js';
import { createReporter, type Connection } from './connection.js';
import { combineErrors, findFallback, keepFallback, preloadNext } from './fallback.js';
import { Outcomes } from './outcomes.js';
import { startFormTimer } from './form-timer.js';
import { isSettled } from './is-settled.js';
import { createRemovalError } from './removal-error.js';
import { mayRetryAutomatically, tryAttempt } from './run-attempt.js';
import type { Settings } from './settings.js';
import { waitForProvider } from './wait-for-provider.js';
import { AbortController } from '../shared/natives.js';

/** How often a form that the page removes opens again without the shopper. A page that removes every form must not request tokens for ever. */
const mostReopenings = 5;

/** The checkout of one element: it starts attempts, and ends them. */
export class Checkout {
  /** The newest token. */
  token?: Token;
  readonly #host: CheckoutHost;
  readonly #store = new CheckoutStore((state) => this.#showState(state));
  readonly #outcomes: Outcomes;
  /** Counted from the start of a checkout by the page or the shopper. */
  #reopenings = 0;
  #connection: Connection;
  /** The last attempt that `refresh()` replaced. Its form stays, inert, until the token for the changed order is here. */
  #outdated?: Attempt;
  /** The settings of every form that was ready, oldest first. For the same purchase, another provider's form could take a second payment. */
  readonly #opened: Settings[] = [];
  /** Ends the wait for a provider that is not registered yet. */
  #waiting = new AbortController();

  constructor(host: CheckoutHost) {
    this.#host = host;
    this.#outcomes = new Outcomes(this.#store, host);
    this.#connection = { outcomes: this.#outcomes };
  }

  get state(): CheckoutState {
    return this.#store.state;
  }

  /** Whether the last attempt reported a payment, so that another attempt could be a second payment. */
  get mayHavePaid(): boolean {
    return this.#outcomes.mayHavePaid;
  }

  /** Whether the form on the page is for a price that has changed. */
  get isOutdated(): boolean {
    const { attempt, state } = this.#store;
    return this.#outdated?.controller.signal.aborted === false && (state.status === 'ready' || this.#outdated !== attempt);
  }

  /** Starts an attempt with the page's present settings, and ends the one before it. A purchase that is paid, pending or being confirmed is left alone, unless the page selects another provider while it is pending. */
  begin(): void {
    const settings = settingsOrError(this.#host);
    if (!isSettled(this.#store, settings)) this.#start(settings);
  }

  /** Confirms the payment that was not confirmed when the element was removed. @returns whether there is one */
  resume(): boolean {
    const settings = settingsOrError(this.#host);
    return !isCheckoutError(settings) && this.#outcomes.resume(settings);
  }

  retry(): void {
    if (canRetry(this.state.status)) this.#start(settingsOrError(this.#host));
  }

  /**
   * Opens the form again, with a new token, because the order's price has changed. The old form stays, inert, until that token is here: a
   * payment may be in flight, and its report counts.
   */
  refresh(): void {
    const { attempt, state } = this.#store;
    // The token that the head of the page requested has the old price.
    delete window.payCheckoutToken;
    if (!attempt || attempt.hasReported || attempt.controller.signal.aborted) return;
    if (state.status === 'ready') {
      this.#outdated = attempt;
      if (attempt.pricedLater && attempt.touched?.aborted) return;
    } else attempt.controller.abort(attemptEnded);
    void this.#runAttempts(attempt.settings);
  }

  /** Ends everything. From then on nothing is reported; a paid purchase stays paid. */
  end(): void {
    this.#connection.outcomes = undefined;
    this.#connection = { outcomes: this.#outcomes };
    this.#stop();
    if (this.state.status !== 'succeeded') this.#store.reset();
  }

  #start(settings: Settings | CheckoutError): void {
    this.#stop();
    this.#outcomes.forget();
    this.#reopenings = 0;
    if (isCheckoutError(settings)) {
      // The state so far was that of other settings.
      this.#store.reset();
      const mayCome = waitForProvider(this.#host, settings, () => this.begin(), this.#waiting.signal);
      return mayCome ? undefined : this.#store.enter({ status: 'failed', attempt: this.#store.count, error: settings });
    }
    if (this.state.status === 'succeeded') this.#store.reset();
    void this.#runAttempts(settings);
  }

  #stop(): void {
    this.#waiting.abort();
    this.#waiting = new AbortController();
    this.#outcomes.stop();
    this.#store.attempt?.controller.abort(attemptEnded);
    this.#outdated?.controller.abort(attemptEnded);
    this.#outdated = undefined;
  }

  #showState(state: CheckoutState): void {
    this.#host.onState(state);
    // Until the new token is here, the old form takes no input.
    setFormInert(this.#host.element, this.state.status === 'loading');
    // The new token is here; or an earlier attempt was paid, and no other form may take a second payment.
    if (state.status !== 'loading' && this.#outdated !== this.#store.attempt) this.#outdated?.controller.abort(attemptEnded);
  }

  /** Runs an attempt, and another one if that can help. @param first why the first provider failed, if this one is a fallback */
  async #runAttempts(wanted: Settings, first?: CheckoutError): Promise<void> {
    const settings = keepFallback(wanted, this.#opened);
    const timeout = new AbortController();
    const opened = new AbortController();
    for (let n = 1; ; n++) {
      const attempt = this.#store.createAttempt(settings);
      const error = await tryAttempt(() => this.#contextOf(attempt, timeout, opened));
      if (!error || attempt.controller.signal.aborted) break;
      attempt.controller.abort(attemptEnded);
      if (attempt !== this.#store.attempt) break;
      if (mayRetryAutomatically(error, n, settings) && !timeout.signal.aborted) continue;
      this.#handleFailure(attempt, error, first);
      break;
    }
    opened.abort();
  }

  #handleFailure(attempt: Attempt, error: CheckoutError, first = error): void {
    const wasReady = this.#opened.includes(attempt.settings);
    const next = this.#outdated || wasReady ? undefined : findFallback(attempt, error);
    const reported = wasReady ? error : combineErrors(first, error);
    if (next) return void this.#runAttempts(next, reported);
    if (reported !== error) logError(error);
    const isTouched = this.#outdated?.touched?.aborted;
    this.#store.enter({ status: 'failed', attempt: attempt.number, error: isTouched ? createRemovalError(error.message) : reported });
  }

  #contextOf(attempt: Attempt, timeout: AbortController, opened: AbortController): AttemptContext {
    const { settings } = attempt;
    const { element, onTiming } = this.#host;
    const mayFollow = settings.fallback.length > 0;
    // After an automatic retry, the timer of the first attempt still counts.
    startFormTimer(mayFollow, () => timeout.abort(), { signal: opened.signal, element });
    const emit = (event: AttemptEvent) => {
      const status = 'status' in event && event.status;
      if (status === 'ready') this.#opened.push(settings);
      if (status === 'ready' || (mayFollow && status === 'initializing')) opened.abort();
      this.#handleEvent(event, attempt);
    };
    const [page, report] = [this.#host.pageOptions(), createReporter(this.#connection, attempt)];
    const onRetry = () => preloadNext(settings);
    return { attempt, signal: attempt.controller.signal, page, timeout: timeout.signal, emit, onTiming, onRetry, report };
  }

  #handleEvent(event: AttemptEvent, attempt: Attempt): void {
    if ('token' in event) this.token = event.token;
    else if ('removed' in event) this.#replaceForm(attempt);
    else if ('outcome' in event) this.#outcomes.settle(event, attempt);
    else this.#store.enter({ ...event, attempt: attempt.number });
  }

  /** Opens a form again that the page has removed, or lets the shopper decide. Nothing opens after a report of the provider. */
  #replaceForm(attempt: Attempt): void {
    const { controller, settings, number, touched } = attempt;
    if (controller.signal.aborted || attempt.hasReported) return;
    controller.abort(attemptEnded);
    if (attempt !== this.#store.attempt) return;
    // A hidden element requests no token until it is shown.
    if (isRendered(this.#host.element)) this.#reopenings++;
    // A payment may be in flight from a form that the shopper has touched.
    if (touched?.aborted || this.#reopenings > mostReopenings)
      this.#store.enter({ status: 'failed', attempt: number, error: createRemovalError() });
    else void this.#runAttempts(settings);
  }
}
