import { bundle } from './bundle.js';
import { newestOf } from './newest.js';

/** What the pages name in a `<script type="module">`. */
const entries = [
  'src/index.ts',
  ...['use-stand-ins.ts', 'shop/shop.ts', 'react/main.tsx', 'vue/main.ts', 'playground/playground.ts'].map((path) => `demo/${path}`),
];

type Files = ReadonlyMap<string, string>;

/** The modules of the pages, bundled: a browser takes longer over a hundred and fifty small files than over ten. */
export class Modules {
  #changedAt = 0;
  #files?: Promise<Files>;

  /** Has them bundled anew if something was edited since the last time. */
  refresh(): void {
    const changedAt = newestOf('src', 'demo');
    if (changedAt > this.#changedAt) this.#files = undefined;
    this.#changedAt = changedAt;
  }

  /** A module or its source map, by the path of its URL. */
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
      // Otherwise what two pages share may be put into the entry of one of them, which then runs in the other, too.
      preserveEntrySignatures: 'strict',
      input: Object.fromEntries(entries.map((path) => [path, path])),
      output: { entryFileNames: '[name]', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  });
  return new Map(files.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source)]));
}
