import { defineConfig } from 'vite';

/** `scripts/build.mjs` adds what the package needs. */
export default defineConfig({
  // Vite takes `useDefineForClassFields` from tsconfig.json, and only for files that its `include` covers: lit's properties are accessors.
  build: { target: 'es2022' },
});
