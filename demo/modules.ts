import { bundle } from './bundle.js';
import { newestOf } from './newest.js';

/** The modules that the pages load by `<script type="module">`. */
const entries = [
  'src/index.ts',
  ...['use-stand-ins.ts', 'shop/shop.ts', 'react/main.tsx', 'vue/main.ts', 'playground/playground.ts'].map((path) => `demo/${path}`),
];

type Files = ReadonlyMap<string, string>;

/** Serves the modules of the pages in bundles, because a browser loads 150 small files more slowly than ten. */
export class Modules {
  #changedAt = 0;
  #files?: Promise<Files>;

  /** Discards the bundles if a source file has changed since the last call. */
  refresh(): void {
    const changedAt = newestOf('src', 'demo');
    if (changedAt > this.#changedAt) this.#files = undefined;
    this.#changedAt = changedAt;
  }

  /** Returns a module or its source map, by the path of its URL. */
  async read(path: string): Promise<string | undefined> {
    this.#files ??= bundlePages();
    return (await this.#files).get(path);
  }
}

async function bundlePages(): Promise<Files> {
  const files = await bundle({
    minify: false,
    sourcemap: true,
    modulePreload: false,
    rolldownOptions: {
      // Without this, the bundler may put code that two pages share into the entry of one page, which would then run in the other
      // page.
      preserveEntrySignatures: 'strict',
      input: Object.fromEntries(entries.map((path) => [path, path])),
      output: { entryFileNames: '[name]', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  });
  return new Map(files.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source)]));
}
