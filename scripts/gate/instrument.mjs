// Coverage counters for src/, put into the TypeScript itself. Chromium's own counters would do for one engine; these are the same in
// every browser and on Node, so the reports of all runners add up exactly.
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

/** For @web/test-runner; to stand before the plugin that strips the types. */
export const coverageForBrowsers = {
  name: 'coverage',
  transform({ path, body }) {
    const file = resolve(root, decodeURIComponent(path).slice(1));
    if (!isSource(file)) return undefined;
    const { code, map } = instrument(body, file);
    // So that stack traces name the lines of the source.
    return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
  },
};

/** For vitest. */
export const coverageForNode = {
  name: 'coverage',
  enforce: 'pre',
  transform(code, id) {
    const file = resolve(id.split('?')[0]);
    return isSource(file) ? instrument(code, file) : undefined;
  },
};
