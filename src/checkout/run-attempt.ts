import { followAgeing } from './ageing.js';
import { claim, loadAssets } from '../assets/load-assets.js';
import { phase, type Attempt } from './attempt.js';
import { CheckoutError, isCheckoutError } from '../state/errors.js';
import { openForm } from './open-form.js';
import { TokenSource } from './token-source.js';
import { expiryOf } from '../endpoint/freshness.js';
import type { Assets, Provider } from '../providers/provider.js';
import { findEntry, type ProviderEntry } from '../providers/registry.js';
import { unlessAborted } from '../shared/signals.js';
import type { Token } from '../endpoint/request-token.js';
import { untilBox } from '../page/visibility.js';

/**
 * One attempt, from the token to the form, for as long as it may stand. What comes of it is reported.
 *
 * @throws {CheckoutError}
 */
export async function runAttempt(attempt: Attempt): Promise<void> {
  attempt.enter('loading');
  const { provider: name, environment } = attempt.settings;
  const { assets: all, adapter } = findEntry(name) as ProviderEntry;
  const assets = all[environment] as Assets;
  attempt.signal.throwIfAborted();
  claim(assets);

  const options = { nonce: attempt.host.nonce ?? '', signal: attempt.signal };
  const coming = adapter();
  coming.then(warmUp).catch(() => {});
  const loading = phase(attempt, 'assets', (onTry) => Promise.all([coming, loadAssets(assets, { ...options, onTry })]));
  const tokens = new TokenSource(attempt, coming);
  const { token, provider, library } = await gather(attempt, loading, tokens);
  attempt.enter('initializing');
  attempt.signal.throwIfAborted();

  // A listener of the page may have taken its time.
  const fresh = await tokens.freshest(token);
  const form = await phase(attempt, 'mount', () => openForm(attempt, provider, fresh, library));
  attempt.enter('ready', provider.agesWhileOpen ? expiryOf(fresh) : undefined);
  if (provider.agesWhileOpen) await followAgeing(attempt, provider, form, library);
}

/** Schemas are built when they first read something: better while the token is on its way. */
function warmUp({ token, config }: Provider): void {
  token.safeParse({});
  config.safeParse({});
}

interface Gathered {
  readonly token: Token;
  readonly provider: Provider;
  readonly library: unknown;
}

/** The token and the files, side by side; then another token, until it is fresh when all are here. */
async function gather(attempt: Attempt, loading: Promise<[Provider, unknown]>, tokens: TokenSource): Promise<Gathered> {
  const { host, signal, patience } = attempt;
  // Without a box, as in a closed dialog, nobody can pay yet and a token would only grow old.
  const box = () => unlessAborted(signal, untilBox(host, signal));
  const asking = box().then(() => tokens.ask());
  try {
    const [[provider, library], token] = await unlessAborted(patience, Promise.all([loading, asking]));
    // It may be closed again by now.
    await box();
    return { provider, library, token: await unlessAborted(patience, tokens.freshest(token)) };
  } catch (error) {
    throw explained(error, tokens.isMissing, patience);
  }
}

/** What was missing when the shopper's patience or the connection ended. */
function explained(error: unknown, isTokenMissing: boolean, patience: AbortSignal): unknown {
  const outOfPatience = error === patience.reason;
  if (outOfPatience && !isTokenMissing) {
    return new CheckoutError('asset', 'timeout', "The provider's files did not arrive in time.");
  }
  if (outOfPatience) return new CheckoutError('endpoint', 'timeout', 'The token endpoint gave no usable token in time.');
  const isOffline = isTokenMissing && isCheckoutError(error) && error.reason === 'offline';
  return isOffline ? new CheckoutError('endpoint', 'offline', 'The token endpoint cannot be reached: the browser is offline.') : error;
}
