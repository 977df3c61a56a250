import { defineConfig } from 'vite';

/** `scripts/build.mjs` adds the settings of the package. */
export default defineConfig({
  // Vite reads `useDefineForClassFields` from tsconfig.json, but only for files in its `include`. Lit's properties are accessors,
  // so they need it.
  build: { target: 'es2022' },
});
