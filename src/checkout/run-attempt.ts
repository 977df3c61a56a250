import { claimGlobal, loadAssets } from '../assets/load-assets.js';
import { expiryOf } from '../endpoint/freshness.js';
import type { Token } from '../endpoint/request-token.js';
import { isRendered, waitUntilRendered } from '../page/visibility.js';
import type { Assets, Provider } from '../providers/provider.js';
import { findEntry, type ProviderEntry } from '../providers/registry.js';
import { unlessAborted } from '../shared/signals.js';
import { warnOnce } from '../state/console.js';
import { CheckoutError, getErrorName, isCheckoutError } from '../state/errors.js';
import type { AttemptContext } from './attempt.js';
import { followSession } from './follow-session.js';
import { measurePhase } from './measure-phase.js';
import { openForm, type LoadedProvider } from './open-form.js';
import type { Settings } from './settings.js';
import { TokenSource } from './token-source.js';
import { Promise } from '../shared/natives.js';

/**
 * Runs one attempt: loads the token and the provider's files, opens the form, and then follows the session for as long as it ages.
 *
 * @throws {CheckoutError} if the attempt fails before the shopper can pay
 */
export async function runAttempt(context: AttemptContext): Promise<void> {
  const { signal, emit } = context;
  emit({ status: 'loading' });
  signal.throwIfAborted();

  const files = startLoading(context);
  const tokens = new TokenSource(context, files.adapter);
  const { token, ...loaded } = await untilLoaded(context, files, tokens);

  emit({ status: 'initializing' });
  signal.throwIfAborted();

  // The page's listeners may have taken long, so the token's age is checked once more.
  const fresh = await tokens.refresh(token);
  const form = await measurePhase(context, 'mount', () => openForm(context, loaded, fresh));

  const { agesWhileOpen } = loaded.provider;
  emit({ status: 'ready', ...(agesWhileOpen && { expiresAt: expiryOf(fresh) }) });
  if (agesWhileOpen) await followSession(context, loaded, form);
}

/** Runs one attempt, and returns why it failed before the shopper could pay. A failure to create its context counts, too. */
export async function tryAttempt(createContext: () => AttemptContext): Promise<CheckoutError | undefined> {
  try {
    await runAttempt(createContext());
    return undefined;
  } catch (error) {
    if (isCheckoutError(error)) return error;
    return new CheckoutError('provider', 'threw', `Opening the form failed (${getErrorName(error)}); please report it.`);
  }
}

/** Attempts with one provider that the element makes without the shopper, unless another provider may follow. */
const mostAttempts = 2;

/** A dead token and a refused session look like a form that never becomes ready. A new token helps with both. */
export function mayRetryAutomatically({ code, reason }: CheckoutError, n: number, { fallback }: Settings): boolean {
  return n < mostAttempts && fallback.length === 0 && code === 'provider' && (reason === 'timeout' || reason === 'session');
}

interface LoadingFiles {
  readonly adapter: Promise<Provider>;
  readonly loading: Promise<LoadedProvider>;
}

/** Starts to load the provider's adapter and its files, side by side. */
function startLoading(context: AttemptContext): LoadingFiles {
  const { attempt, page, signal } = context;
  const { assets, adapter: loadAdapter } = findEntry(attempt.settings.provider) as ProviderEntry;
  const needed = assets[attempt.settings.environment] as Assets;
  claimGlobal(needed);
  const adapter = loadAdapter();
  const options = { nonce: page.host.nonce ?? '', signal, tries: attempt.settings.fallback.length > 0 ? 2 : 3 };
  const loading = measurePhase(context, 'assets', async (onTry) => {
    const [provider, library] = await Promise.all([adapter, loadAssets(needed, { ...options, onTry })]);
    return { provider, library };
  });
  return { adapter, loading };
}

/** A schema is built when it first reads something. That costs less while the token request is in flight. */
function buildSchemas({ token, config }: Provider): void {
  token.safeParse({});
  config.safeParse({});
}

/** Waits for the provider's files and for a token that is fresh when they are here. */
async function untilLoaded(
  { page: { host }, signal, timeout }: AttemptContext,
  { adapter, loading }: LoadingFiles,
  tokens: TokenSource,
): Promise<LoadedProvider & { readonly token: Token }> {
  // While the element has no box, as in a closed dialog, the shopper cannot pay and a token would only age.
  const box = () => unlessAborted(signal, waitUntilRendered(host, signal));
  // The attribute is the page's intention, as in server-rendered React.
  if (!host.hidden && !isRendered(host)) warnOnce('not-rendered', 'the element has no box, so it waits.');
  const requesting = box().then(() => {
    const token = tokens.request();
    // The request is on the network now.
    adapter.then(buildSchemas).catch(() => {});
    return token;
  });
  try {
    const [loaded, token] = await unlessAborted(timeout, Promise.all([loading, requesting]));
    // The dialog may have been closed meanwhile.
    await box();
    return { ...loaded, token: await unlessAborted(timeout, tokens.refresh(token)) };
  } catch (error) {
    throw explainFailure(error, tokens.isAwaitingResponse, timeout);
  }
}

/** Names what was missing when the time was up or the browser went offline. */
function explainFailure(error: unknown, isTokenMissing: boolean, timeout: AbortSignal): unknown {
  const isTimeout = error === timeout.reason;
  if (isTimeout && !isTokenMissing) return new CheckoutError('asset', 'timeout', "The provider's files did not load in time.");
  if (isTimeout) return new CheckoutError('endpoint', 'timeout', 'The token endpoint gave no usable token in time.');
  const isOffline = isTokenMissing && isCheckoutError(error) && error.reason === 'offline';
  return isOffline ? new CheckoutError('endpoint', 'offline', 'The token endpoint cannot be reached: the browser is offline.') : error;
}
