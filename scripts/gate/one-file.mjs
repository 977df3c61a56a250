// Serves a dependency of many small modules as one file. Zod's seventy modules cost each test page half a second.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** For @web/test-runner. */
export function oneFile(name) {
  const path = `/one-file/${name}.js`;
  const code = bundle(name);
  return {
    name: `one-file-${name}`,
    resolveImport: ({ source }) => (source === name ? path : undefined),
    serve: async (context) => (context.path === path ? { body: await code, type: 'js' } : undefined),
  };
}

async function bundle(name) {
  const lib = { entry: fileURLToPath(import.meta.resolve(name)), formats: ['es'] };
  const [{ output }] = await build({ configFile: false, logLevel: 'warn', build: { write: false, lib } });
  return output[0].code;
}
