import { CheckoutError } from '../../../state/errors.js';
import type { MountContext, Outcome } from '../../provider.js';
import { safely } from '../../guard-callback.js';
import { guardMessages } from './guard-messages.js';
import { approved, undecided, type IzipayConfig } from '../contract.js';
import { isQuotable } from '../../../shared/is-quotable.js';

/** What the library reports, as far as we read it. Without a signature it is no result. */
interface Reported {
  readonly code?: unknown;
  readonly transactionId?: unknown;
  readonly payloadHttp?: unknown;
  readonly signature?: unknown;
  readonly response?: { readonly order?: readonly { readonly uniqueId?: unknown }[] };
}

/** What each form on this page was opened for. */
const transactions = new Set<unknown>();

/**
 * Translates what one form says. Its library never lets go of a listener: the result of a later form reaches the callbacks of
 * all earlier ones (*measured in the September 2025 build*).
 */
export class Voice {
  /** Hears, instead of the page, a technical error that comes before the shopper could pay: it is the opening that failed. */
  refuse?: (error: CheckoutError) => void;
  // And nothing else of the form: the library keeps each voice for ever.
  readonly #signal: AbortSignal;
  readonly #transactionId: unknown;
  readonly #report: (outcome: Outcome) => void;
  #generation = 0;
  #event = '';
  #spoke = false;

  constructor(context: MountContext<IzipayConfig>) {
    const { signal, config, report } = context;
    this.#signal = signal;
    this.#report = report;
    transactions.add((this.#transactionId = config.transactionId));
    guardMessages(context, (name) => (this.#event = name));
  }

  /** The callback of a new instance; earlier ones fall silent. */
  begin(): (response: unknown) => void {
    const generation = ++this.#generation;
    return safely((response) => {
      const reported = Object(response) as Reported;
      if (generation === this.#generation && this.#isOurs(reported)) this.#say(outcomeOf(reported, this.#event));
    });
  }

  /** What the library says without a result. A result that is there already says more. */
  end(status: 'cancelled' | 'expired'): void {
    if (!this.#spoke) this.#say({ status });
  }

  /** A form that was taken down may only speak of its own transaction: a payment that was on its way; and no form of another one's. */
  #isOurs({ transactionId }: Reported): boolean {
    return transactionId === this.#transactionId || (!this.#signal.aborted && !transactions.has(transactionId));
  }

  /** Not within the library's own call: whoever hears it may take the form down. */
  #say(outcome: Outcome): void {
    const isFirst = !this.#spoke;
    this.#spoke = true;
    const error = outcome.status === 'failed' && outcome.error.code === 'provider' ? outcome.error : undefined;
    if (this.refuse && isFirst && error) return this.refuse(error);
    queueMicrotask(() => this.#report(outcome));
  }
}

/** @param event the message that the library was called back for: all of them come to one callback */
export function outcomeOf(reported: Reported, event: string): Outcome {
  const { code } = reported;
  if (isGiven(reported.payloadHttp) && isGiven(reported.signature)) {
    return code === approved ? payment('succeeded', reported) : failure('declined', `Izipay declined the payment with ${nameOf(code)}.`);
  }
  if (code === approved || undecided.includes(code)) return payment('pending', reported);
  // P54 stands in no documentation that we could read, but in the code of two merchants.
  if (code === 'P54' || event.endsWith('_CLOSE')) return { status: 'cancelled' };
  if (event.endsWith('_INACTIVITY')) return { status: 'expired' };
  return failure('provider', `Izipay reported a technical error with ${nameOf(code)}.`);
}

function payment(status: 'succeeded' | 'pending', reported: Reported): Outcome {
  const { transactionId, response } = reported;
  const reference = [response?.order?.[0]?.uniqueId, transactionId].find((value): value is string => isGiven(value));
  return { status, ...(reference && { reference }), raw: reported };
}

function failure(code: 'declined' | 'provider', message: string): Outcome {
  return { status: 'failed', error: new CheckoutError(code, code === 'provider' ? 'session' : undefined, message) };
}

/** Never the message beside it, which can be JSON or HTML. */
function nameOf(code: unknown): string {
  return isQuotable(code) ? `code ${code}` : 'a code of another shape';
}

function isGiven(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
