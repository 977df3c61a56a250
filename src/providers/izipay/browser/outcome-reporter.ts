import { CheckoutError } from '../../../state/errors.js';
import { isQuotable } from '../../../shared/is-quotable.js';
import type { MountContext, Outcome } from '../../provider.js';
import { guardCallback } from '../../guard-callback.js';
import { guardMessages } from './guard-messages.js';
import { approvedCode, closedCode, isDeclined, isDenied, undecidedCodes, type IzipayConfig } from '../contract.js';

/** The parts of the library's report that we read. Without a signature it is no result of a payment. */
interface LibraryReport {
  readonly code?: unknown;
  readonly transactionId?: unknown;
  readonly payloadHttp?: unknown;
  readonly signature?: unknown;
  readonly response?: { readonly order?: Payment | readonly Payment[] };
}

interface Payment {
  readonly uniqueId?: unknown;
  readonly stateMessage?: unknown;
}

/** The transaction of each form that this page has opened. */
const transactions = new Set<unknown>();

/**
 * Reports the outcomes of one form. The library never removes a listener, so a later form's result also reaches the callbacks of all
 * earlier forms (*measured in the September 2025 build*).
 */
export class OutcomeReporter {
  /** Receives a technical error before the shopper can pay: then the form failed to open, and the page gets no outcome. */
  onOpenFailure?: (error: CheckoutError) => void;
  // The library never releases this reporter, so it must not reference the rest of the form.
  readonly #signal: AbortSignal;
  readonly #transactionId: unknown;
  readonly #report: (outcome: Outcome) => void;
  #generation = 0;
  #event = '';
  #hasReported = false;

  constructor(context: MountContext<IzipayConfig>) {
    const { signal, config, report } = context;
    this.#signal = signal;
    this.#report = report;
    transactions.add((this.#transactionId = config.transactionId));
    guardMessages(context, (name) => (this.#event = name));
  }

  /** Creates the callback of a new library instance, and disables earlier callbacks. */
  createCallback(): (payload: unknown) => void {
    const generation = ++this.#generation;
    return guardCallback((payload) => {
      const report = Object(payload) as LibraryReport;
      if (generation === this.#generation && this.#isOurs(report)) this.#send(readOutcome(report, this.#event));
    });
  }

  /** Reports an end without a result. It is ignored after a result, which says more. */
  reportEnd(status: 'cancelled' | 'expired'): void {
    if (!this.#hasReported) this.#send({ status });
  }

  /**
   * A form that was removed may report only its own transaction, whose payment was in flight. No form may report the transaction of
   * another one. An open form accepts unknown transactions, because the library may format the id in another way.
   */
  #isOurs({ transactionId }: LibraryReport): boolean {
    return transactionId === this.#transactionId || (!this.#signal.aborted && !transactions.has(transactionId));
  }

  /** Reports in a later microtask, because a listener may remove the form, which must not happen within the library's call. */
  #send(outcome: Outcome): void {
    const isFirst = !this.#hasReported;
    this.#hasReported = true;
    const error = outcome.status === 'failed' && outcome.error.code === 'provider' ? outcome.error : undefined;
    if (this.onOpenFailure && isFirst && error) return this.onOpenFailure(error);
    queueMicrotask(() => this.#report(outcome));
  }
}

/** @param event the name of the last message: the library calls one callback for all of them */
export function readOutcome(report: LibraryReport, event: string): Outcome {
  const { code } = report;
  if (isNonEmptyString(report.payloadHttp) && isNonEmptyString(report.signature)) {
    if (isDeclined(code, isDenied(findPayment(report)?.stateMessage)))
      return createFailure('declined', `Izipay declined the payment with ${describeCode(code)}.`);
    // Words that we do not know leave open whether money moved.
    return createPayment(code === approvedCode ? 'succeeded' : 'pending', report);
  }
  if (code === approvedCode || undecidedCodes.includes(code)) return createPayment('pending', report);
  if (code === closedCode || event.endsWith('_CLOSE')) return { status: 'cancelled' };
  if (event.endsWith('_INACTIVITY')) return { status: 'expired' };
  return createFailure('provider', `Izipay reported a technical error with ${describeCode(code)}.`);
}

function createPayment(status: 'succeeded' | 'pending', report: LibraryReport): Outcome {
  const reference = [findPayment(report)?.uniqueId, report.transactionId].find(isNonEmptyString);
  return { status, ...(reference && { reference }), raw: report };
}

function findPayment({ response }: LibraryReport): Payment | undefined {
  return [response?.order].flat()[0];
}

function createFailure(code: 'declined' | 'provider', message: string): Outcome {
  return { status: 'failed', error: new CheckoutError(code, code === 'provider' ? 'session' : undefined, message) };
}

/** The library's message beside the code is never quoted: it can be JSON or HTML. */
function describeCode(code: unknown): string {
  return isQuotable(code) ? `code ${code}` : 'a code of another shape';
}

function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
