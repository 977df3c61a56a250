import type { ProviderLibrary } from '../library.js';

export const library: ProviderLibrary = {
  size: { script: 20_000 },
  opening: { holder: 'Payroc', name: 'hostedFields', method: 'initialize' },
  // The library waits 30 s for each iframe.
  quiet: 32_000,
};
