import type { Attempt } from './attempt.js';
import { extractOrigin, onCspViolation } from '../page/csp-violations.js';
import { CheckoutError, isCheckoutError, getErrorName } from '../state/errors.js';
import { ageOf } from '../endpoint/freshness.js';
import { createMount } from '../page/mount.js';
import { over } from './attempt-ended.js';
import type { Assets, MountContext, Provider } from '../providers/provider.js';
import { parse, ShapeError } from '../shared/schema.js';
import { onAbort, unlessAborted } from '../shared/signals.js';
import type { Token } from '../endpoint/request-token.js';
import { onFirstInteraction } from '../page/first-interaction.js';

/** A provider's form that the shopper can use. */
export interface Form {
  readonly token: Token;
  /** Aborts when the shopper begins to fill it in. */
  readonly touched: AbortSignal;
  /** Takes it down; it also goes with its attempt. */
  end(): void;
}

/**
 * Opens the provider's form. The library is called before anything is waited for, in the task in which the token was found fresh.
 *
 * @throws {CheckoutError} code `provider`, or `config` / `provider-config`
 */
export async function openForm(attempt: Attempt, provider: Provider, token: Token, library: unknown): Promise<Form> {
  const config = readConfig(provider, attempt, token);
  const session = new AbortController();
  const touch = new AbortController();
  onAbort(attempt.signal, () => session.abort(over));
  const { signal } = session;
  const container = createMount(attempt.host, { signal, frameTitle: attempt.frameTitle });
  onFirstInteraction(container, () => touch.abort(), signal);
  const blocked = untilBlocked(attempt, { container, signal, assets: provider.assets[attempt.settings.environment] });
  const opened = mountIn(provider, {
    ...sessionOf(attempt, token),
    config,
    container,
    library,
    signal,
    onTouched: () => touch.abort(),
  });
  // After the adapter's own: the library takes its form down before the container goes.
  onAbort(signal, () => container.remove());
  await unlessAborted(attempt.patience, unlessAborted(signal, Promise.race([opened, blocked]))).catch(explain(attempt.patience));
  signal.throwIfAborted();
  container.inert = false;
  return { token, touched: touch.signal, end: () => session.abort(over) };
}

function sessionOf({ settings, locale, report }: Attempt, { value, requestedAt, lifetime }: Token) {
  return {
    token: value,
    environment: settings.environment,
    locale,
    report,
    // A library may keep this callback for ever, so it must not reference the token.
    isExpired: () => ageOf(requestedAt) >= lifetime,
  };
}

interface Watched {
  readonly container: HTMLElement;
  readonly signal: AbortSignal;
  readonly assets?: Assets;
}

/** Rejects when the page's Content-Security-Policy stops the form, which its library would never tell. Once it is open, that is reported. */
function untilBlocked(attempt: Attempt, watched: Watched): Promise<never> {
  return new Promise((_, reject) => {
    const end = (message: string) => {
      const error = new CheckoutError('provider', 'blocked', message);
      reject(error);
      if (attempt.isReady()) attempt.report({ status: 'failed', error });
    };
    onCspViolation((violation) => stops(violation, watched), end, watched.signal);
  });
}

/** A form does without pictures and fonts; not without its provider's hosts, what its script asks for, and the frames in the mount. */
function stops({ effectiveDirective, blockedURI, sourceFile }: SecurityPolicyViolationEvent, { container, assets }: Watched): boolean {
  const origin = extractOrigin(blockedURI);
  if (!origin || /^(img|font|media)-/.test(effectiveDirective)) return false;
  if (assets?.origins?.includes(origin)) return true;
  if (effectiveDirective === 'connect-src') return !!assets?.script && sourceFile.startsWith(assets.script.url);
  // Browsers do not tell whose frame it was.
  return effectiveDirective === 'frame-src' && [...container.querySelectorAll('iframe')].some(({ src }) => extractOrigin(src) === origin);
}

function explain(patience: AbortSignal): (error: unknown) => never {
  return (error) => {
    if (error !== patience.reason) throw error;
    throw new CheckoutError('provider', 'timeout', "The provider's form did not come up in time.");
  };
}

/** @throws {CheckoutError} whatever the library throws, without its words: they may quote the token or the config */
async function mountIn(provider: Provider, context: MountContext): Promise<void> {
  try {
    await provider.mount(context);
  } catch (error) {
    if (isCheckoutError(error) || context.signal.aborted) throw error;
    const message = `The provider's library threw while opening (${getErrorName(error)}).`;
    throw new CheckoutError('provider', 'threw', message);
  }
}

/** What the endpoint sends wins, key by key: amounts are the server's. */
function readConfig(provider: Provider, { settings, isManual }: Attempt, token: Token): unknown {
  const config = parsed(provider, { ...settings.config, ...token.config });
  if (isManual || !provider.needsGesture?.(config)) return config;
  const message = 'This `config` opens a form that covers or leaves the page: set `loading` to `manual`.';
  throw new CheckoutError('config', 'provider-config', message);
}

function parsed(provider: Provider, config: Record<string, unknown>): unknown {
  try {
    return parse(provider.config, config, "The provider's `config`");
  } catch (error) {
    throw error instanceof ShapeError ? new CheckoutError('config', 'provider-config', error.message) : error;
  }
}
