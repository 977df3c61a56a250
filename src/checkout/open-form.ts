import { ageOf } from '../endpoint/freshness.js';
import type { Token } from '../endpoint/request-token.js';
import { extractOrigin, onCspViolation } from '../page/csp-violations.js';
import { createMount } from '../page/mount.js';
import { onFirstInteraction } from '../page/first-interaction.js';
import type { Assets, MountContext, Provider, Renew } from '../providers/provider.js';
import { findEntry } from '../providers/registry.js';
import { isQuotable } from '../shared/is-quotable.js';
import { isRecord, parse, ShapeError } from '../shared/schema.js';
import { onAbort, unlessAborted } from '../shared/signals.js';
import { logException, warnOnce } from '../state/console.js';
import { CheckoutError, isCheckoutError, getErrorName } from '../state/errors.js';
import { attemptEnded } from './attempt-ended.js';
import type { Attempt, AttemptContext } from './attempt.js';
import { selectConfig } from './settings.js';
import { AbortController, Promise } from '../shared/natives.js';

/** A provider's adapter with the library that it drives. */
export interface LoadedProvider {
  readonly provider: Provider;
  readonly library: unknown;
}

/** A provider's form that the shopper can use. */
export interface Form {
  readonly token: Token;
  /** Aborts when the shopper starts to fill in the form. */
  readonly touched: AbortSignal;
  /** Gives the form the session of another token. Absent if the library cannot do that. */
  renew?(token: Token): Promise<void>;
  /** Removes the form. It is also removed when its attempt ends. */
  close(): void;
}

/**
 * Opens the provider's form. The adapter's `mount()` is called in the task in which the token was found fresh.
 *
 * @throws {CheckoutError} code `provider`, or `config` with reason `provider-config` or `already-open`
 */
export async function openForm(context: AttemptContext, { provider, library }: LoadedProvider, token: Token): Promise<Form> {
  const config = readConfig(provider, context, token);
  const { attempt, page, timeout } = context;
  const formEnded = new AbortController();
  const touch = new AbortController();
  onAbort(context.signal, () => formEnded.abort(attemptEnded));
  const { signal } = formEnded;
  attempt.touched = touch.signal;
  attempt.pricedLater = provider.pricedLater;
  const onRemoved = createRemovalReporter(context, signal);
  const container = createMount(page.host, { signal, frameTitle: page.frameTitle, onRemoved });
  onFirstInteraction(container, () => touch.abort(), signal);
  const assets = provider.assets[attempt.settings.environment] as Assets;
  const blocked = untilBlocked(context, { container, signal, assets });
  const onTouched = () => touch.abort();
  const isOwn = findEntry(attempt.settings.provider)?.isRegistered;
  const watched = { onTouched, onRemoved, touched: touch.signal };
  const opened = mountIn(provider, { ...sessionOf(context, token), config, assets, container, library, signal, ...watched }, isOwn);
  // Registered after the adapter's own listener, because the library must end its form before the container is removed.
  onAbort(signal, () => container.remove());
  const renew = await unlessAborted(timeout, unlessAborted(signal, Promise.race([opened, blocked]))).catch(explainTimeout(timeout));
  signal.throwIfAborted();
  container.inert = false;
  return createForm(context, { token, touched: touch.signal, close: () => formEnded.abort(attemptEnded) }, renew);
}

/** Separate from `openForm()`: a library may keep that function's callbacks for ever, together with their scope. */
function createForm(context: AttemptContext, form: Form, renew: Renew | void): Form {
  return renew ? { ...form, renew: (token) => renew(sessionOf(context, token)) } : form;
}

/** A library may keep the result for ever, so it references the page only until the form ends. */
function createRemovalReporter(context: AttemptContext, ended: AbortSignal): () => void {
  let emit: AttemptContext['emit'] | undefined = context.emit;
  onAbort(ended, () => (emit = undefined));
  return () => emit?.({ removed: true });
}

function sessionOf({ attempt, page, report }: AttemptContext, { value, requestedAt, lifetime }: Token) {
  return {
    token: value,
    environment: attempt.settings.environment,
    locale: page.locale,
    report,
    onUncertain: createUncertaintyReporter(attempt),
    // A library may keep this callback for ever, so it must not reference the token.
    isExpired: () => ageOf(requestedAt) >= lifetime,
  };
}

/** An attempt references nothing of the page, so a library may keep the result for ever. */
function createUncertaintyReporter(attempt: Attempt): () => void {
  return () => (attempt.isUncertain = true);
}

interface WatchedForm {
  readonly container: HTMLElement;
  readonly signal: AbortSignal;
  readonly assets: Assets;
}

/**
 * Rejects when the page's Content Security Policy blocks the form, which no library reports. A form that is already open is reported
 * as failed.
 */
function untilBlocked({ attempt, report }: AttemptContext, form: WatchedForm): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (message: string) => {
      const error = new CheckoutError('provider', 'blocked', message);
      reject(error);
      if (!form.container.inert && !attempt.hasReported) report({ status: 'failed', error });
    };
    onCspViolation((violation) => isEssential(violation, form), fail, form.signal);
  });
}

/**
 * Whether the form cannot work without the blocked resource: the provider's hosts, its script's requests, and frames in the
 * mount.
 */
function isEssential(
  { effectiveDirective, blockedURI, sourceFile }: SecurityPolicyViolationEvent,
  { container, assets }: WatchedForm,
): boolean {
  const origin = extractOrigin(blockedURI);
  if (!origin || /^(img|font|media)-/.test(effectiveDirective)) return false;
  if (assets.origins?.includes(origin)) return true;
  if (effectiveDirective === 'connect-src') return !!assets.script && sourceFile.startsWith(assets.script.url);
  // Browsers do not report which frame was blocked.
  return effectiveDirective === 'frame-src' && [...container.querySelectorAll('iframe')].some(({ src }) => extractOrigin(src) === origin);
}

function explainTimeout(timeout: AbortSignal): (error: unknown) => never {
  return (error) => {
    if (error !== timeout.reason) throw error;
    throw new CheckoutError('provider', 'timeout', "The provider's form did not appear in time.");
  };
}

/** @throws {CheckoutError} for whatever the library throws. Its message is left out: it may quote the token or the config. */
async function mountIn(provider: Provider, context: MountContext, isOwn: boolean | undefined): Promise<Renew | void> {
  try {
    return await provider.mount(context);
  } catch (error) {
    if (isCheckoutError(error) || context.signal.aborted) throw error;
    if (isOwn) logException(error);
    const message = `The provider's library threw while opening (${getErrorName(error)}).`;
    throw new CheckoutError('provider', 'threw', message);
  }
}

/** Merges the page's config with the endpoint's, whose keys win: amounts are the server's. */
function readConfig(provider: Provider, { attempt, page }: AttemptContext, token: Token): unknown {
  const merged = { ...selectConfig(attempt.settings), ...token.config };
  const config = parseConfig(provider, merged);
  warnOfUnknownKeys(merged, config);
  if (page.isManual || !provider.needsGesture?.(config)) return config;
  const message = 'This `config` opens a form that covers or leaves the page: set `loading` to `manual`.';
  throw new CheckoutError('config', 'provider-config', message);
}

/** A provider's schema drops the keys that it does not know. */
function warnOfUnknownKeys(given: object, config: unknown): void {
  const dropped = isRecord(config) ? Object.keys(given).filter((key) => isQuotable(key) && !(key in config)) : [];
  if (dropped.length > 0) warnOnce('unknown-key', `\`config\` has keys that the provider does not know: ${dropped.join(', ')}.`);
}

function parseConfig(provider: Provider, config: Record<string, unknown>): unknown {
  try {
    return parse(provider.config, config, "The provider's `config`");
  } catch (error) {
    throw error instanceof ShapeError ? new CheckoutError('config', 'provider-config', error.message) : error;
  }
}
