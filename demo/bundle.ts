import { fileURLToPath } from 'node:url';
import type { BuildOptions, Rolldown } from 'vite';

/** The pages import the package by the same name as a merchant does. */
export const alias = [
  { find: /^pay-checkout$/, replacement: fileURLToPath(new URL('../src/index.ts', import.meta.url)) },
  { find: /^pay-checkout\/(jsx|react|vue)$/, replacement: fileURLToPath(new URL('../src/$1.ts', import.meta.url)) },
];

/** Bundles in memory. Paths count from the root of the project. */
export async function bundle(options: BuildOptions): Promise<Rolldown.RolldownOutput['output']> {
  // Imported here because it takes half a second, and `npm start` prints its URL sooner without it.
  const [{ build }, { default: vue }] = await Promise.all([import('vite'), import('@vitejs/plugin-vue')]);
  const root = fileURLToPath(new URL('..', import.meta.url));
  const built = await build({
    ...{ root, configFile: false, logLevel: 'warn' },
    plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'pay-checkout' } } })],
    resolve: { alias },
    build: { write: false, target: 'es2022', ...options },
  });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new Error('Nothing was bundled.');
  return first.output;
}
