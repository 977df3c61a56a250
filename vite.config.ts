import { defineConfig } from 'vite';

/** `scripts/build.mjs` adds what the package needs. */
export default defineConfig({
  // Vite takes decorators from tsconfig.json, and only for files that its `include` covers.
  build: { target: 'es2022' },
});
