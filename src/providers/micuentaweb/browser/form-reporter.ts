import { onAbort } from '../../../shared/signals.js';
import type { CheckoutError } from '../../../state/errors.js';
import type { MountContext, Outcome } from '../../provider.js';
import type { LiveForm } from './live-form.js';
import { readError, readResult, uncertain } from './read-report.js';

interface Opening {
  onReady(this: void): void;
  onFailure(this: void, error: CheckoutError): void;
}

type Context = Pick<MountContext, 'onTouched' | 'onUncertain' | 'report' | 'signal' | 'touched'>;

/** Reports the outcomes of one form. */
export class FormReporter implements LiveForm {
  /** Whether the library has reported that the form is ready. */
  isReady = false;
  /** Present until the form is open: an error then means that it failed to open. */
  opening?: Opening;
  // The library never releases this reporter, so it must not reference the rest of the form after its end.
  #onTouched?: () => void;
  readonly #report: (outcome: Outcome) => void;
  readonly #onUncertain: () => void;
  #isUsed = false;
  #isPaying = false;

  constructor({ report, onUncertain, onTouched, touched, signal }: Context) {
    this.#report = report;
    this.#onUncertain = onUncertain;
    this.#onTouched = onTouched;
    onAbort(touched, () => (this.#isUsed = true));
    onAbort(signal, () => this.#end());
  }

  handleReady(): void {
    this.isReady = true;
    this.opening?.onReady();
  }

  handleFocus(): void {
    this.#onTouched?.();
  }

  /** The shopper has pressed the button. Until the library reports something, a payment may be in flight. */
  handlePay(): void {
    this.#isUsed = this.#isPaying = true;
  }

  handleResult(result: unknown): void {
    this.#handle(() => readResult(result));
  }

  handleError(error: unknown): void {
    this.#handle(() => readError(error, this.#isUsed));
  }

  #handle(read: () => Outcome | undefined): void {
    this.#isPaying = false;
    // A report that cannot be read may be of a payment.
    let outcome: Outcome | undefined = uncertain;
    try {
      outcome = read();
    } catch {
      // The library gets no error.
    }
    if (outcome) this.#send(outcome);
  }

  /** What the library reports after the next form is drawn reaches no form (*measured in the 2022 build*). */
  #end(): void {
    this.#onTouched = this.opening = undefined;
    if (this.#isPaying) this.#send(uncertain);
  }

  /** Reports in a later microtask, because a listener may remove the form, which must not happen within the library's call. */
  #send(outcome: Outcome): void {
    if (this.opening && !('raw' in outcome)) {
      if ('error' in outcome) this.opening.onFailure(outcome.error);
      return;
    }
    if (outcome === uncertain) this.#onUncertain();
    queueMicrotask(() => this.#report(outcome));
  }
}
