import type { ProviderLibrary } from '../library.js';

export const library: ProviderLibrary = {
  size: { script: 120_000, styles: 20_000 },
  opening: { holder: 'window', name: 'FlexPaymentForms', method: 'init' },
  quiet: 1_000,
};
