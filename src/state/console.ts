/* eslint-disable no-console -- a page without listeners shows errors and mistakes nowhere else */
import { version } from '../shared/version.js';
import type { CheckoutError } from './errors.js';

/** A mistake in the page that stops no payment, as `docs/failures.md` lists it. */
export type Mistake = 'no-outcome-endpoint' | 'not-rendered' | 'self-closing' | 'unknown-attribute' | 'unknown-key' | 'unknown-locale';

const warned = new Set<string>();

/** Logs an error. Its cause is left out: it may contain a provider's message. */
export function logError({ code, reason, message }: CheckoutError): void {
  const line = createLine(message, reason ? `${code}/${reason}` : code, code);
  if (code === 'outcome') console.error(line);
  else console.warn(line);
}

/** Logs what a provider of the page's own threw: unlike a built-in library's error, it can only be about the page's own code. */
export function logException(exception: unknown): void {
  console.error(createLine('a provider that this page registered threw an error.', 'provider/threw', 'provider'), exception);
}

/** Warns the developer of a mistake, once for each message. */
export function warnOnce(mistake: Mistake, message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  console.warn(createLine(message, mistake, 'warnings'));
}

function createLine(message: string, name: string, section: string): string {
  return `pay-checkout: ${message} (${name}: https://unpkg.com/pay-checkout@${version}/docs/failures.md#${section})`;
}
