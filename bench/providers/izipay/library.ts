import type { ProviderLibrary } from '../library.js';

export const library: ProviderLibrary = {
  size: { script: 20_000 },
  opening: { holder: 'window', name: 'Izipay', method: 'LoadForm', prepares: 'izipay-checkout-web' },
  quiet: 1_000,
};
