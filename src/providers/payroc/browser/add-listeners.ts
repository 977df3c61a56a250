import { CheckoutError } from '../../../state/errors.js';
import type { MountContext } from '../../provider.js';
import { safely } from '../../guard-callback.js';
import type { PayrocConfig } from './config.js';
import { areGone } from './frames.js';
import { element, type Layout } from './layout.js';
import { libraryLocale, type Labels } from './labels.js';
import { isQuotable } from '../../../shared/is-quotable.js';

/** An instance of the library, as far as it is used (documentation; `destroy` since 1.7). */
export interface HostedFields {
  initialize(): Promise<void>;
  on(event: string, callback: (payload: unknown) => void): void;
  destroy?(): void;
}

interface LibraryError {
  readonly type?: unknown;
  readonly field?: unknown;
  readonly message?: unknown;
}

interface Listening {
  readonly context: MountContext<PayrocConfig>;
  readonly layout: Layout;
  readonly labels: Labels;
}

export interface Listener {
  /** Rejects with what goes wrong until the form has opened, and never resolves. */
  readonly failed: Promise<never>;
  /** From now on, what goes wrong is reported. */
  opened(this: void): void;
}

/**
 * Listens to everything that the library tells. Must come before `initialize()`, which tells some of it at once.
 *
 * @param isOverheard whether what the library tells just now comes from a field of another form
 */
export function listen(form: HostedFields, listening: Listening, isOverheard: () => boolean): Listener {
  const { container, report } = listening.context;
  const say = wordsIn(container, 'alert');
  const on: HostedFields['on'] = (event, callback) => form.on(event, safely(callback));
  hearFields((event, callback) => on(event, (payload) => isOverheard() || callback(payload)), listening, say);
  let isOpen = false;
  const failed = new Promise<never>((_, reject) => {
    const fail = (error: LibraryError) => {
      if (!isOpen) reject(whileOpening(error));
      else afterReady(listening, () => say(listening.labels.problem));
    };
    on('error', (payload) => {
      const error = Object(payload) as LibraryError;
      if (!isRelayed(error) || !isOverheard()) fail(error);
    });
    on('submissionSuccess', (payload) => {
      const { token } = Object(payload) as { token?: unknown };
      if (typeof token === 'string' && token) report({ status: 'succeeded', singleUseToken: token, raw: payload });
      // There is nothing to pay with.
      else fail({ type: 'submission' });
    });
  });
  return { failed, opened: () => (isOpen = true) };
}

function hearFields(hear: HostedFields['on'], listening: Listening, say: (problem: string) => void): void {
  const { container, onTouched } = listening.context;
  const surcharge = wordsIn(container, 'status');
  hear('fieldValidityChange', (payload) => {
    onTouched();
    say('');
    complain(payload, listening);
  });
  hear('surchargingAllowed', (payload) => surcharge(disclosureOf(payload)));
  hear('surchargingNotAllowed', () => surcharge(''));
}

/** What an iframe says of itself names no field; all other errors are the library's own (*measured on 1.7.0*). */
function isRelayed({ type, field }: LibraryError): boolean {
  return type === 'field' && field === undefined;
}

/** The details of why are the library's prose; what is done about it is ours. */
function whileOpening({ type, field, message }: LibraryError): CheckoutError {
  if (type === 'init' && /session token|unauthori[sz]ed|credentials/i.test(String(message))) {
    return new CheckoutError('provider', 'session', 'Payroc refused the session: its token is unknown, used or of another environment.');
  }
  const where = isQuotable(field) ? ` at \`${field}\`` : '';
  const what = isQuotable(type) ? type : 'unknown';
  const hint = /libversion/i.test(String(message)) ? ': its library version is no longer accepted' : '';
  return new CheckoutError('provider', 'threw', `Payroc's library reported an error of type ${what}${where}${hint}.`);
}

/** Past its life the session is dead. Within it, the form stays, unless the library has taken it down. */
function afterReady({ context, layout }: Listening, say: () => void): void {
  const { report, isExpired } = context;
  if (isExpired()) return report({ status: 'expired' });
  if (!areGone(layout.targets)) return say();
  const error = new CheckoutError('provider', 'session', "Payroc's library gave its form up.");
  return report({ status: 'failed', error });
}

/** The library's own words where it speaks the shopper's language and the page has none; the documentation misspells the key. */
function complain(payload: unknown, { context, layout, labels }: Listening): void {
  const { field, validationError } = Object(payload) as { field?: unknown; validationError?: unknown };
  const theirs = typeof validationError === 'string' && libraryLocale(context.locale) ? validationError : labels.invalid;
  layout.complain?.(field as string, validationError ? (context.config.labels?.invalid ?? theirs) : '');
}

/** The card brands want the shopper to read it before paying. */
function disclosureOf(payload: unknown): string {
  const { disclosure, percentage } = Object(payload) as { disclosure?: unknown; percentage?: unknown };
  if (typeof disclosure === 'string' && disclosure) return disclosure;
  return typeof percentage === 'number' ? `+ ${percentage} %` : '';
}

/** A line of text in the container, which is nowhere to be seen while it is empty. */
function wordsIn(container: HTMLElement, role: 'alert' | 'status'): (text: string) => void {
  const line = element('p', 'pay-checkout-payroc-words');
  line.setAttribute('role', role);
  const form = container.querySelector(':scope > .pay-checkout-payroc');
  const button = form?.querySelector(':scope > [data-field=submit]');
  if (form && button) form.insertBefore(line, button);
  else container.append(line);
  return (text) => (line.textContent = text);
}
