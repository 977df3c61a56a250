import { defineConfig } from 'vite';

/** The playground's dev server. `scripts/build.mjs` adds what the package needs. */
export default defineConfig({
  // Vite takes `useDefineForClassFields` from tsconfig.json, and only for files that its `include` covers: lit's properties are accessors.
  build: { target: 'es2022' },
  // Finding dependencies while a page is open reloads that page; lit and zod are ESM and run as they are.
  optimizeDeps: { noDiscovery: true, include: [] },
});
