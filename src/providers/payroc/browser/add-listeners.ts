import { CheckoutError } from '../../../state/errors.js';
import { isQuotable } from '../../../shared/is-quotable.js';
import type { MountContext } from '../../provider.js';
import { guardCallback } from '../../guard-callback.js';
import type { PayrocConfig } from './config.js';
import { areFramesRemoved } from './frames.js';
import { createElement, type Layout } from './layout.js';
import { getLibraryLocale, type Labels } from './labels.js';
import { Promise } from '../../../shared/natives.js';

/** The parts of the library's instance that we use (documentation; `destroy` since 1.7). */
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

interface ListenerOptions {
  readonly context: MountContext<PayrocConfig>;
  readonly layout: Layout;
  readonly labels: Labels;
}

export interface Listener {
  /** Rejects with the first error before the form has opened. It never resolves. */
  readonly failed: Promise<never>;
  /** Marks the form as open: later errors are reported. */
  setOpen(this: void): void;
}

/**
 * Listens to all events of the library. Call it before `initialize()`, which emits some of them at once.
 *
 * @param isFromOtherForm whether the event that the library is emitting was caused by a field of another form
 */
export function addListeners(form: HostedFields, options: ListenerOptions, isFromOtherForm: () => boolean): Listener {
  const { container, report } = options.context;
  const showAlert = addMessageLine(container, 'alert');
  const on: HostedFields['on'] = (event, callback) => form.on(event, guardCallback(callback));
  addFieldListeners((event, callback) => on(event, (payload) => isFromOtherForm() || callback(payload)), options, showAlert);
  let isOpen = false;
  const failed = new Promise<never>((_, reject) => {
    const fail = (error: LibraryError) => {
      if (!isOpen) reject(createOpeningError(error));
      else handleErrorAfterReady(options, () => showAlert(options.labels.problem));
    };
    on('error', (payload) => {
      const error = Object(payload) as LibraryError;
      if (!isFromFrame(error) || !isFromOtherForm()) fail(error);
    });
    on('submissionSuccess', (payload) => {
      const { token } = Object(payload) as { token?: unknown };
      if (typeof token === 'string' && token) report({ status: 'succeeded', singleUseToken: token, raw: payload });
      // Without a single-use token, the backend cannot make the sale.
      else fail({ type: 'submission' });
    });
  });
  return { failed, setOpen: () => (isOpen = true) };
}

function addFieldListeners(on: HostedFields['on'], options: ListenerOptions, showAlert: (text: string) => void): void {
  const { container, onTouched } = options.context;
  const showSurcharge = addMessageLine(container, 'status');
  on('fieldValidityChange', (payload) => {
    onTouched();
    showAlert('');
    showFieldError(payload, options);
  });
  on('surchargingAllowed', (payload) => showSurcharge(getDisclosure(payload)));
  on('surchargingNotAllowed', () => showSurcharge(''));
}

/** An error that an iframe sent names no field. All other errors are the library's own (*measured on 1.7.0*). */
function isFromFrame({ type, field }: LibraryError): boolean {
  return type === 'field' && field === undefined;
}

/** The library's message is prose and may hold secrets, so it is matched but never quoted. */
function createOpeningError({ type, field, message }: LibraryError): CheckoutError {
  if (type === 'init' && /session token|unauthori[sz]ed|credentials/i.test(String(message))) {
    return new CheckoutError('provider', 'session', 'Payroc refused the session: its token is unknown, used or of another environment.');
  }
  const place = isQuotable(field) ? ` at \`${field}\`` : '';
  const kind = isQuotable(type) ? type : 'unknown';
  const hint = /libversion/i.test(String(message)) ? ': its library version is no longer accepted' : '';
  return new CheckoutError('provider', 'threw', `Payroc's library reported an error of type ${kind}${place}${hint}.`);
}

/** A session past its lifetime is dead. A younger one still works, unless the library has removed the form. */
function handleErrorAfterReady({ context, layout }: ListenerOptions, showProblem: () => void): void {
  const { report, isExpired } = context;
  if (isExpired()) return report({ status: 'expired' });
  if (!areFramesRemoved(layout.targets)) return showProblem();
  const error = new CheckoutError('provider', 'session', "Payroc's library removed its form.");
  return report({ status: 'failed', error });
}

/** Shows the page's own text, else the library's if it has the shopper's language, else ours. */
function showFieldError(payload: unknown, { context, layout, labels }: ListenerOptions): void {
  const { field, validationError } = Object(payload) as { field?: unknown; validationError?: unknown };
  const text = typeof validationError === 'string' && getLibraryLocale(context.locale) ? validationError : labels.invalid;
  layout.showError?.(field as string, validationError ? (context.config.labels?.invalid ?? text) : '');
}

/** The card brands require that the shopper can read this text before paying. */
function getDisclosure(payload: unknown): string {
  const { disclosure, percentage } = Object(payload) as { disclosure?: unknown; percentage?: unknown };
  if (typeof disclosure === 'string' && disclosure) return disclosure;
  return typeof percentage === 'number' ? `+ ${percentage} %` : '';
}

/** Adds a line for messages, which our styles hide while it is empty. Returns a function that sets its text. */
function addMessageLine(container: HTMLElement, role: 'alert' | 'status'): (text: string) => void {
  const line = createElement('p', 'pay-checkout-payroc-words');
  line.setAttribute('role', role);
  const form = container.querySelector(':scope > .pay-checkout-payroc');
  const button = form?.querySelector(':scope > [data-field=submit]');
  if (form && button) form.insertBefore(line, button);
  else container.append(line);
  return (text) => (line.textContent = text);
}
