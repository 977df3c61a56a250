import type { ProviderLibrary } from '../library.js';

export const library: ProviderLibrary = {
  // An estimate: the build of 2022 has 1.2 MB before gzip, and no newer one is public.
  size: { script: 300_000 },
  opening: { holder: 'window', name: 'KR', method: 'setFormConfig', isObject: true },
  quiet: 1_000,
};
