import { followAgeing } from './ageing.js';
import { claim, loadAssets } from './assets.js';
import { phase, type Attempt } from './attempt.js';
import { CheckoutError, isCheckoutError } from './errors.js';
import { openForm } from './form.js';
import { TokenSource } from './fresh-token.js';
import { expiryOf } from './freshness.js';
import { findProvider } from './providers/index.js';
import type { Assets, Provider } from './providers/provider.js';
import type { Settings } from './settings.js';
import { unlessAborted } from './signals.js';
import type { Token } from './token.js';
import { untilBox } from './visibility.js';

/**
 * One attempt, from the token to the form, for as long as it may stand. What comes of it is reported.
 *
 * @throws {CheckoutError}
 */
export async function runAttempt(attempt: Attempt): Promise<void> {
  attempt.enter('loading');
  const provider = await providerOf(attempt.settings);
  attempt.signal.throwIfAborted();

  const tokens = new TokenSource(attempt, provider);
  const { token, library } = await gather(attempt, provider, tokens);
  attempt.enter('initializing');
  attempt.signal.throwIfAborted();

  // A listener of the page may have taken its time.
  const fresh = await tokens.freshest(token);
  const form = await phase(attempt, 'mount', () => openForm(attempt, provider, fresh, library));
  attempt.enter('ready', provider.agesWhileOpen ? expiryOf(fresh) : undefined);
  if (provider.agesWhileOpen) await followAgeing(attempt, provider, form, library);
}

async function providerOf({ provider: name, environment }: Settings): Promise<Provider> {
  const provider = await findProvider(name);
  if (provider?.assets[environment]) return provider;
  const known = Object.keys(provider?.assets ?? {}).join(', ');
  throw new CheckoutError('config', 'environment', `\`environment\` should be one of ${known} for ${name}, but was "${environment}".`);
}

/** The token and the assets, side by side; then another token, until it is fresh when both are here. */
async function gather(attempt: Attempt, provider: Provider, tokens: TokenSource): Promise<{ token: Token; library: unknown }> {
  const { host, signal, patience, settings } = attempt;
  const assets = provider.assets[settings.environment] as Assets;
  claim(assets);
  let missing: 'token' | 'assets' = 'token';
  const loading = phase(attempt, 'assets', (onTry) => loadAssets(assets, { nonce: host.nonce ?? '', signal, onTry }));
  // Without a box, as in a closed dialog, nobody can pay yet and a token would only grow old.
  const box = () => unlessAborted(signal, untilBox(host, signal));
  const asking = box().then(() => tokens.ask());
  asking.then(() => (missing = 'assets')).catch(() => {});
  try {
    const [library, token] = await unlessAborted(patience, Promise.all([loading, asking]));
    missing = 'token';
    // It may be closed again by now.
    await box();
    return { library, token: await unlessAborted(patience, tokens.freshest(token)) };
  } catch (error) {
    throw explained(error, missing, patience);
  }
}

/** What was missing when the shopper's patience or the connection ended. */
function explained(error: unknown, missing: 'token' | 'assets', patience: AbortSignal): unknown {
  const outOfPatience = error === patience.reason;
  if (outOfPatience && missing === 'assets') {
    return new CheckoutError('asset', 'timeout', "The provider's files did not arrive in time.");
  }
  if (outOfPatience) return new CheckoutError('endpoint', 'timeout', 'The token endpoint gave no usable token in time.');
  const isOffline = missing === 'token' && isCheckoutError(error) && error.reason === 'offline';
  return isOffline ? new CheckoutError('endpoint', 'offline', 'The token endpoint cannot be reached: the browser is offline.') : error;
}
