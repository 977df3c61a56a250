// What makes the classic script small; CONTRIBUTING.md says what each is worth.
import { readFileSync } from 'node:fs';
import { transform as transformCss } from 'lightningcss';
import { minify } from 'terser';

const cssTag = new URL('css-tag.js', import.meta.url);

/** For vite: what a bundler cannot know about our source. */
export const plugins = [
  {
    name: 'small-lit',
    enforce: 'pre',
    load: (id) => (id.endsWith('/@lit/reactive-element/css-tag.js') ? readFileSync(cssTag, 'utf8') : undefined),
  },
  {
    name: 'lit-alone',
    enforce: 'pre',
    transform: (code, id) => (/\/(lit-html|lit-element|reactive-element)\.js$/.test(id) ? withoutCompany(code) : undefined),
  },
  { name: 'eager-imports', enforce: 'pre', transform: importEagerly },
  {
    name: 'small-css',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith('styles.ts') ? code.replace(styleSheets, shrinkCss) : undefined),
  },
];

/** Nobody polyfills, hydrates or counts the lit of a script that keeps it to itself. */
function withoutCompany(code) {
  const company = /\b\w+\.\w+(?:Polyfill|Hydrate)Support\b|\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g;
  if (!company.test(code)) throw new Error('This lit tells of itself in another way.');
  return code.replace(company, '(void 0)');
}

/** In one file there is nothing to load, but whatever waits to be imported is wrapped in a function that evaluates it. */
function importEagerly(code) {
  const imports = [];
  const eager = code.replace(/\bimport\(('[^']+')\)\.then\(\(\{ (\w+) \}\) => \2\)/g, (_, source, name) => {
    imports.push(`import { ${name} as eager_${name} } from ${source};`);
    return `Promise.resolve(eager_${name})`;
  });
  if (/\bimport\('/.test(eager)) throw new Error(`The classic script cannot import this eagerly: ${/\bimport\('.*/.exec(eager)[0]}`);
  return imports.length > 0 ? [...imports, eager].join('\n') : undefined;
}

/** Template literals of several lines, without a value in them. */
const styleSheets = /(?<=`)\n[^`$]*(?=`)/g;

function shrinkCss(css) {
  return transformCss({ filename: 'styles.css', code: Buffer.from(css), minify: true }).code.toString();
}

/** Names of properties that lit and zod keep to themselves; and some that we do, the longest that no provider and no page ever sees. */
const lit = '_\\$';
const zod = '_zod$|(traits|constr|onattach|deferred|optout|innerType|catchall|skipChecks)$';
const ours =
  '(requestedAt|answeredAt|frameTitle|isManual|onToken|onTry|mayHavePaid|unconfirmed|waitsForStart|operable|patience|touched|manner|entered|isReady)$';

/**
 * Vite's own minifier writes `let` for `const`; terser makes more of what that leaves, and shortens those names.
 */
export async function shrink(code) {
  const compress = { ecma: 2022, passes: 4, keep_fargs: false, pure_getters: true, unsafe_arrows: true, unsafe_methods: true };
  const mangle = { properties: { regex: new RegExp(`^(${[lit, zod, ours].join('|')})`) } };
  const { code: small } = await minify(code, { ecma: 2022, toplevel: true, compress, mangle });
  return small;
}
