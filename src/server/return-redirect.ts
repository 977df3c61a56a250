import { callListener } from './event-reporter.js';
import type { ErrorContext, OnError } from './handler.js';
import type { NotificationOptions } from './notification-options.js';
import type { PaymentOutcome } from './payment-outcome.js';

interface ReturnOptions extends Pick<NotificationOptions, 'returnTo'> {
  readonly onError?: OnError;
}

/** Where a shopper goes if `returnTo` is missing or fails. */
const home = '/';

/** Redirects the shopper's browser to the merchant's page. If `returnTo` fails, `onError` receives its error. */
export function redirectShopper(options: ReturnOptions, context: ErrorContext, payment?: PaymentOutcome): Response {
  return new Response(null, { status: 303, headers: { Location: choosePage(options, context, payment), 'Cache-Control': 'no-store' } });
}

function choosePage({ returnTo = home, onError }: ReturnOptions, context: ErrorContext, payment?: PaymentOutcome): string {
  try {
    return toHeaderValue(typeof returnTo === 'string' ? returnTo : returnTo(payment));
  } catch (error) {
    callListener(() => onError?.(error, context));
    return home;
  }
}

/** @throws {TypeError} if the page is not a string, or empty: a browser would load the same address again */
function toHeaderValue(page: unknown): string {
  if (typeof page === 'string' && page) return page.replace(/[^\x21-\x7e]+/gu, encodeURIComponent);
  // Otherwise, the rejection of a promise would be unhandled.
  Promise.resolve(page).catch(() => {});
  throw new TypeError(`createPayEndpoints: \`returnTo\` should be or return the address of a page, but was ${describe(page)}.`);
}

function describe(page: unknown): string {
  if (page === '') return 'empty';
  return page instanceof Promise ? 'a promise' : `of type ${typeof page}`;
}
