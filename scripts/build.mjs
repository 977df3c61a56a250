// Fills dist/: the ESM entries with shared chunks and declarations, and the classic scripts with their integrity hashes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { buildClassic, hashOf } from './classic.mjs';
import { editorData } from './editors/index.mjs';
import { library } from './library.mjs';

/** Each file at the root of src/ is an entry of the package. */
const entries = Object.fromEntries(
  readdirSync('src').flatMap((file) => (file.endsWith('.ts') ? [[file.slice(0, -3), `src/${file}`]] : [])),
);

const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const installed = Object.keys({ ...dependencies, ...peerDependencies }).join('|');

/**
 * Only `index.js` may register the tag, because it is the one file of the package that a bundler must not drop. A bundler would
 * drop a chunk that a wrapper shares.
 */
const keepEntry = {
  name: 'keep-entry',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './index.js' && importer?.endsWith('src/react.ts') ? { id: './index.js', external: true } : undefined,
};

rmSync('dist', { recursive: true, force: true });
const declarations = buildDeclarations();
const classic = await buildClassic();
printEntries(await buildModules());
await buildTestingScript();
await buildEditorData();
writeClassic();
process.exitCode = await declarations;

async function buildModules() {
  const options = {
    sourcemap: true,
    lib: { entry: entries, formats: ['es'] },
    rolldownOptions: {
      external: new RegExp(`^(node:|(${installed})(/|$))`),
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        // Marks a client component for frameworks with server components. The source cannot contain the directive, because the
        // bundler would warn.
        banner: ({ name }) => (name === 'react' ? "'use client';" : ''),
      },
    },
  };
  const hashes = Object.fromEntries(Object.entries(classic).map(([name, code]) => [name, hashOf(code)]));
  const { output } = await bundle(options, [keepEntry, library], { builtHashes: JSON.stringify(hashes) });
  refuseDuplicates(output);
  return output.filter((file) => file.type === 'chunk' && file.isEntry);
}

/** Builds the stand-ins as one file, for a page without a bundler. */
async function buildTestingScript() {
  const lib = { entry: entries.testing, formats: ['es'], fileName: () => 'testing.min.js' };
  await bundle({ lib, minify: true, rolldownOptions: { output: { codeSplitting: false } } }, []);
}

function writeClassic() {
  for (const [name, code] of Object.entries(classic)) {
    writeFileSync(`dist/${name}`, code);
    writeFileSync(`dist/${name}.sri`, `${hashOf(code)}\n`);
    const [gzip, brotli] = [gzipSync(code, { level: 9 }), brotliCompressSync(code)];
    console.log(`dist/${name}: ${bytes(Buffer.byteLength(code))}, gzip -9 ${bytes(gzip.length)}, brotli ${bytes(brotli.length)}`);
  }
}

/**
 * @param {import('vite').BuildOptions} options
 * @param {import('vite').Plugin[]} plugins
 * @param {Record<string, string>} [define]
 */
async function bundle(options, plugins, define) {
  const [result] = [await build({ logLevel: 'warn', plugins, define, build: { outDir: 'dist', emptyOutDir: false, ...options } })].flat();
  return result;
}

async function buildEditorData() {
  const files = Object.entries(await editorData());
  for (const [name, data] of files) writeFileSync(`dist/${name}`, `${JSON.stringify(data, null, 2)}\n`);
}

/** Keeps one copy of each module: two copies would be two provider registries. */
function refuseDuplicates(output) {
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  const twice = modules.filter((module, index) => modules.indexOf(module) !== index);
  if (twice.length > 0) throw new Error(`In more than one chunk: ${twice.map((module) => relative('.', module)).join(', ')}`);
}

async function buildDeclarations() {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const [code] = await once(spawn(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' }), 'close');
  return code;
}

function printEntries(chunks) {
  for (const { fileName, imports } of chunks) console.log(`dist/${fileName} ← ${imports.join(', ') || 'nothing'}`);
}

function bytes(count) {
  return `${count.toLocaleString('en')} bytes`;
}
