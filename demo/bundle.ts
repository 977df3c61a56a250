import { fileURLToPath } from 'node:url';
import type { BuildOptions, Rolldown } from 'vite';

/** Bundles in memory. Paths count from the root of the project. */
export async function bundle(options: BuildOptions): Promise<Rolldown.RolldownOutput['output']> {
  // Half a second's work, which nobody should wait for before `npm start` says where it is.
  const { build } = await import('vite');
  const root = fileURLToPath(new URL('..', import.meta.url));
  const built = await build({ root, configFile: false, logLevel: 'warn', build: { write: false, target: 'es2022', ...options } });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new Error('Nothing was bundled.');
  return first.output;
}
