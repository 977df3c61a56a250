import { preloadAssets } from '../assets/load-assets.js';
import type { Assets } from '../providers/provider.js';
import type { Environment } from '../shared/environment.js';
import { requireEntry } from './settings.js';

/**
 * Fetches a provider's script and style sheets ahead of time, without evaluating them.
 *
 * @throws {CheckoutError} code `config`, for an unknown provider or environment
 */
export async function preload({ provider, environment = 'production' }: { provider: string; environment?: Environment }): Promise<void> {
  const { assets, adapter } = requireEntry(provider, environment);
  preloadAssets(assets[environment] as Assets);
  await adapter();
}
