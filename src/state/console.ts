import { version } from '../shared/version.js';
import type { CheckoutError } from './errors.js';

/** A mistake in the page that stops no payment, as `docs/failures.md` lists it. */
export type Mistake =
  | 'late-stand-ins'
  | 'no-outcome-endpoint'
  | 'not-rendered'
  | 'self-closing'
  | 'unknown-attribute'
  | 'unknown-key'
  | 'unknown-locale'
  | 'unreachable-stand-ins';

const warned = new Set<string>();

/** Logs an error. Its cause is left out: it may contain a provider's message. */
export function logError({ code, reason, message }: Pick<CheckoutError, 'code' | 'reason' | 'message'>): void {
  const line = createLine(message, reason ? `${code}/${reason}` : code, code);
  write(code === 'outcome' ? 'error' : 'warn', line);
}

/** Logs what a provider of the page's own threw: unlike a built-in library's error, it can only be about the page's own code. */
export function logException(exception: unknown): void {
  write('error', createLine('a provider of this page threw an error.', 'provider/threw', 'provider'), exception);
}

/** Warns the developer of a mistake, once for each message. */
export function warnOnce(mistake: Mistake, message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  write('warn', createLine(message, mistake, 'warnings'));
}

/** Shops silence the console in many ways. None of them may end a checkout. */
function write(level: 'warn' | 'error', ...values: readonly unknown[]): void {
  try {
    globalThis.console[level](...values);
  } catch {
    // There is no other place to log to.
  }
}

function createLine(message: string, name: string, section: string): string {
  return `pay-checkout: ${message} (${name}: https://unpkg.com/pay-checkout@${version}/docs/failures.md#${section})`;
}
