// Coverage counters for src/, put into the TypeScript itself. Chromium's own would do for browsers; these are the same there and on
// Node, so the reports of both runners add up exactly.
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInstrumenter } from 'istanbul-lib-instrument';

const root = fileURLToPath(new URL('../..', import.meta.url));
const instrumenter = createInstrumenter({
  esModules: true,
  compact: false,
  preserveComments: true,
  produceSourceMap: true,
  parserPlugins: ['typescript'],
  // The default finds the global object by `new Function`, which a CSP forbids.
  coverageGlobalScope: 'globalThis',
  coverageGlobalScopeFunc: false,
});

export function instrument(code, file) {
  return { code: instrumenter.instrumentSync(code, file), map: instrumenter.lastSourceMap(), counters: instrumenter.lastFileCoverage() };
}

/** Is it our source, rather than a test, a declaration or a dependency? */
export function isSource(file) {
  const path = relative(root, file).split(sep).join('/');
  return path.startsWith('src/') && path.endsWith('.ts') && !path.endsWith('.d.ts');
}

/** For @web/test-runner; to stand before the plugin that strips the types. Chromium's run is enough, and the others are quicker without. */
export const coverageForBrowsers = {
  name: 'coverage',
  transformCacheKey: (context) => (isChromium(context) ? 'with-counters' : ''),
  transform(context) {
    const file = resolve(root, decodeURIComponent(context.path).slice(1));
    if (!isChromium(context) || !isSource(file)) return undefined;
    const { code, map } = instrument(context.body, file);
    // So that stack traces name the lines of the source.
    return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
  },
};

function isChromium(context) {
  return context.get('user-agent').includes('Chrome/');
}

/** For vitest. */
export const coverageForNode = {
  name: 'coverage',
  enforce: 'pre',
  transform(code, id) {
    const [path, query] = id.split('?');
    // A whole library as a text is no code of ours.
    if (query === 'library') return undefined;
    const file = resolve(path);
    return isSource(file) ? instrument(code, file) : undefined;
  },
};
