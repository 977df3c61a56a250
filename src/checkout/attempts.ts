import type { Attempt } from './attempt.js';
import { runAttempt } from './run-attempt.js';
import { CheckoutError, isCheckoutError, getErrorName, logError } from '../state/errors.js';
import type { Timing } from '../state/events.js';
import { isBuiltIn } from '../providers/built-in.js';
import { whenRegistered } from '../providers/registry.js';
import { listenOver, Reports, type Connection, type Source } from './reports.js';
import { isSamePurchase, type Settings } from './settings.js';
import { over } from './attempt-ended.js';
import { canFollow, canRetry, type CheckoutState } from '../state/state.js';
import type { Token } from '../endpoint/request-token.js';
import { startVisibleTimer } from '../page/visibility.js';

/** Milliseconds of visible time that a shopper waits for the form, whatever we repeat meanwhile. */
const patienceLimit = 60_000;
/** Attempts that we make by ourselves after the first one. */
const repeatsByOurselves = 1;

/** What the attempts need of the element. */
export interface Page {
  readonly element: HTMLElement;
  /** How the next attempt shows itself and asks for its token; the page may change it at any time. */
  manner(this: void): Pick<Attempt, 'locale' | 'frameTitle' | 'isManual' | 'requestToken'>;
  provider(this: void): string;
  /** @throws {CheckoutError} code `config` */
  settings(this: void): Settings;
  /** Shows the state and dispatches its event. */
  entered(this: void, state: CheckoutState): void;
  tell(this: void, timing: Timing): void;
}

/** The attempts at one element's payment: which of them is under way, and what its state becomes. */
export class Attempts {
  state: CheckoutState = Object.freeze({ status: 'idle', attempt: 0 });
  /** The newest token. */
  token?: Token;
  readonly #page: Page;
  readonly #reports: Reports;
  #number = 0;
  #connection: Connection;
  #waiting = new AbortController();

  constructor(page: Page) {
    this.#page = page;
    this.#reports = new Reports({ state: () => this.state, enter: (state) => this.#enter(state), tell: page.tell });
    this.#connection = { reports: this.#reports };
  }

  /** Begins a checkout with the page's present settings, whatever was under way; but not over a purchase that is paid, being confirmed or pending. */
  begin(): void {
    const settings = this.#settingsOrError();
    if (!this.#isSettled(settings)) this.#start(settings);
  }

  /** Asks about the payment again that was not confirmed when the element was taken out. @returns whether there was one */
  resume(): boolean {
    const settings = this.#settingsOrError();
    return !isCheckoutError(settings) && this.#reports.resume(settings);
  }

  #start(settings: Settings | CheckoutError): void {
    this.#stop();
    this.#reports.unconfirmed = undefined;
    if (isCheckoutError(settings)) return this.#misconfigured(settings);
    if (this.state.status === 'succeeded') this.#rest();
    void this.#series(settings);
  }

  /** Whether the last attempt reported a payment, so that another one might be a second payment. */
  get mayHavePaid(): boolean {
    return this.#reports.mayHavePaid;
  }

  retry(): void {
    if (canRetry(this.state.status)) this.#start(this.#settingsOrError());
  }

  /** Ends everything; from then on nobody speaks. What was paid stays paid. */
  end(): void {
    this.#connection.reports = undefined;
    this.#connection = { reports: this.#reports };
    this.#stop();
    if (this.state.status !== 'succeeded') this.#rest();
  }

  #settingsOrError(): Settings | CheckoutError {
    try {
      return this.#page.settings();
    } catch (error) {
      if (isCheckoutError(error)) return error;
      throw error;
    }
  }

  #isSettled(settings: Settings | CheckoutError): boolean {
    const { status } = this.state;
    const source = this.#reports.source;
    if (!source || !['succeeded', 'confirming', 'pending'].includes(status)) return false;
    if (isCheckoutError(settings)) return true;
    // Another provider is another way to pay what is pending.
    return isSamePurchase(source.settings, settings) && (status !== 'pending' || source.settings.provider === settings.provider);
  }

  #misconfigured(error: CheckoutError): void {
    const { signal } = this.#waiting;
    const name = error.reason === 'unknown-provider' ? this.#page.provider() : undefined;
    if (name !== undefined) whenRegistered(name, () => this.begin(), signal);
    // The state so far was that of other settings.
    this.#rest();
    if (isBuiltIn(name) && document.readyState !== 'complete') {
      // A script tag further down the page may contain it.
      window.addEventListener('load', () => this.begin(), { once: true, signal });
    } else this.#enter({ status: 'failed', attempt: this.#number, error });
  }

  /** An attempt, and the one more that we make by ourselves where it can help. */
  async #series(settings: Settings): Promise<void> {
    const patience = new AbortController();
    const opened = new AbortController();
    startVisibleTimer(patienceLimit, () => patience.abort(), { signal: opened.signal, element: this.#page.element });
    for (let left = repeatsByOurselves; ; left--) {
      const source = this.#next(settings);
      const error = await this.#failureOf(this.#attemptOf(source, patience.signal, opened));
      if (!error || source.controller.signal.aborted) break;
      source.controller.abort(over);
      if (left > 0 && mayHelp(error) && !patience.signal.aborted) continue;
      this.#enter({ status: 'failed', attempt: source.number, error });
      break;
    }
    opened.abort();
  }

  #next(settings: Settings): Source {
    const source = { number: ++this.#number, settings, controller: new AbortController() };
    this.#reports.source = source;
    return source;
  }

  async #failureOf(attempt: Attempt): Promise<CheckoutError | undefined> {
    try {
      await runAttempt(attempt);
      return undefined;
    } catch (error) {
      if (isCheckoutError(error)) return error;
      return new CheckoutError('provider', 'threw', `Opening the form failed (${getErrorName(error)}); please report it.`);
    }
  }

  #attemptOf(source: Source, patience: AbortSignal, opened: AbortController): Attempt {
    const { element: host, manner, tell } = this.#page;
    const { number, settings, controller } = source;
    return {
      ...manner(),
      number,
      settings,
      host,
      tell,
      patience,
      signal: controller.signal,
      enter: (status, expiresAt) => {
        if (status === 'ready') opened.abort();
        this.#enter({ status, attempt: number, ...(expiresAt === undefined ? {} : { expiresAt }) });
      },
      isReady: () => this.state.status === 'ready' && this.#reports.source === source,
      report: listenOver(this.#connection, source),
      onToken: (token) => (this.token = token),
    };
  }

  #enter(state: CheckoutState): void {
    if (!canFollow(this.state.status, state.status)) return;
    this.state = Object.freeze(state);
    if (state.status === 'failed') logError(state.error);
    this.#page.entered(this.state);
  }

  #rest(): void {
    this.state = Object.freeze({ status: 'idle', attempt: this.#number });
  }

  #stop(): void {
    this.#waiting.abort();
    this.#waiting = new AbortController();
    this.#reports.stop();
  }
}

/** A dead nonce and a refused session look like a form that never comes up; another token mends both. */
function mayHelp({ code, reason }: CheckoutError): boolean {
  return code === 'provider' && (reason === 'timeout' || reason === 'session');
}
