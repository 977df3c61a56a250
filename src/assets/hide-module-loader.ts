interface LoaderWindow {
  readonly define?: object;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly module?: { exports?: Readonly<Record<string, unknown>> };
  [name: string]: unknown;
}

/** The scripts that are loading. Two providers may load at once. */
const scripts = new Set<Element>();
let restoreAmd = () => {};

/**
 * Hides a module loader of the page, such as RequireJS, from the script while it runs: a library that finds one leaves no global. Other
 * scripts see the loader.
 *
 * @param path the library's global
 * @returns puts the loader back, and moves a library to its global that CommonJS variables of the page caught
 */
export function hideModuleLoader(script: Element, path: string): () => void {
  const page = window as unknown as LoaderWindow;
  const { module } = page;
  const exported = module?.exports;
  if (scripts.size === 0) restoreAmd = hideAmd(page.define);
  scripts.add(script);
  return () => {
    scripts.delete(script);
    if (scripts.size === 0) restoreAmd();
    const [name = ''] = path.split('.');
    page[name] ??= findExport(page, name, exported);
    if (module && module.exports !== exported) module.exports = exported;
  };
}

function hideAmd(define: object | undefined): () => void {
  const own = define && Object.getOwnPropertyDescriptor(define, 'amd');
  if (!own?.configurable) return () => {};
  const get = () => (scripts.has(document.currentScript!) ? undefined : (own.value as unknown));
  Object.defineProperty(define, 'amd', { configurable: true, enumerable: own.enumerable, get });
  return () => Object.defineProperty(define, 'amd', own);
}

function findExport({ exports, module }: LoaderWindow, name: string, before: unknown): unknown {
  return exports?.[name] ?? module?.exports?.[name] ?? (module?.exports === before ? undefined : module?.exports);
}
