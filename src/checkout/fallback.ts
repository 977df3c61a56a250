import { findEntry } from '../providers/registry.js';
import { logError } from '../state/console.js';
import { CheckoutError } from '../state/errors.js';
import type { Attempt } from './attempt.js';
import { preload } from './preload.js';
import { isSamePurchase, type Settings } from './settings.js';

/** Failures that another provider may not share. A token endpoint that fails or is late may have a provider that does. */
export const ofProvider = /^(asset (?!blocked|offline)|endpoint (http|timeout)|token (provider|stale)|provider (timeout|threw|session))/;

/**
 * Returns the settings for the next provider that the page has in this environment. If it has none of them, the same provider gets another
 * attempt, with the time that it has without a fallback.
 */
export function nextSettings({ fallback: [provider, ...fallback], ...settings }: Settings): Settings | undefined {
  if (provider === undefined) return undefined;
  const next = { ...settings, fallback };
  return findEntry(provider)?.assets[settings.environment] ? { ...next, provider } : (nextSettings(next) ?? next);
}

/** Fetches the files of the provider that may follow. If they do not arrive, its attempt loads them. */
export function preloadNext(settings: Settings): void {
  const next = nextSettings(settings);
  if (next) preload(next).catch(() => {});
}

/**
 * Returns the settings of the provider that follows an attempt, if another provider may not share its failure. There is none after any
 * report: the next form could take a second payment.
 */
export function findFallback({ settings, hasReported, isUncertain }: Attempt, error: CheckoutError): Settings | undefined {
  const mayFollow = !hasReported && !isUncertain && ofProvider.test(`${error.code} ${error.reason}`);
  const next = mayFollow ? nextSettings(settings) : undefined;
  if (!next) return undefined;
  const replaced = next.provider === settings.provider ? `missing ${settings.fallback.join(', ')}` : settings.provider;
  logError({ ...error, message: `${error.message} ${next.provider} opens instead of ${replaced}.` });
  return next;
}

/**
 * Once a form was ready for the same purchase, no other provider may follow. If it was that of a fallback, this one stays.
 *
 * @param opened the settings of every form that was ready, oldest first
 */
export function keepFallback(settings: Settings, opened: readonly Settings[]): Settings {
  const last = opened.findLast((one) => isSamePurchase(one, settings));
  if (!last) return settings;
  const isKept = last.wanted === settings.wanted && settings.fallback.includes(last.provider);
  const { provider } = isKept ? last : settings;
  return { ...settings, provider, fallback: [] };
}

/**
 * Returns the error to report if no provider's form opens: the first one, which may be retried if that may help any of the providers. An order
 * that the endpoint refuses can be paid at none of them.
 */
export function combineErrors(first: CheckoutError, next: CheckoutError): CheckoutError {
  if (next.reason === 'refused') return next;
  if (first.retryable || !next.retryable) return first;
  const { code, reason, message, cause } = first;
  return new CheckoutError(code, reason, message, { ...first, cause: cause as Error, retryable: true });
}
