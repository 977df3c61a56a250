// What makes the classic scripts small.
import { transform as transformCss } from 'lightningcss';
import { minify } from 'terser';
import { smallLit } from './lit.mjs';

/** For vite: what a bundler cannot know about our source. */
export const plugins = [
  smallLit,
  {
    name: 'small-css',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith('styles.ts') ? code.replace(styleSheets, shrinkCss) : undefined),
  },
];

/** Template literals of several lines, without a value in them. */
const styleSheets = /(?<=`)\n[^`$]*(?=`)/g;

function shrinkCss(css) {
  return transformCss({ filename: 'styles.css', code: Buffer.from(css), minify: true }).code.toString();
}

/** Names of properties that lit and zod keep to themselves; and some that we do, the longest that no provider and no page ever sees. */
const lit = '_\\$';
const zod = '_zod$|(traits|constr|onattach|deferred|optout|innerType|catchall|skipChecks)$';
const ours =
  '(requestedAt|answeredAt|frameTitle|isManual|onToken|onTry|mayHavePaid|unconfirmed|waitsForStart|operable|patience|touched|manner|entered|isReady|adapter|isMissing|freshest|watchFrames|isKnown|sentBy)$';

/**
 * Vite's own minifier writes `let` for `const`; terser makes more of what that leaves, and shortens those names: in each file
 * to the same.
 */
export function shrinker() {
  const compress = { ecma: 2022, passes: 4, keep_fargs: false, pure_getters: true, unsafe_arrows: true, unsafe_methods: true };
  const mangle = { properties: { regex: new RegExp(`^(${[lit, zod, ours].join('|')})`) } };
  const nameCache = {};
  return async (code) => {
    const { code: small } = await minify(code, { ecma: 2022, toplevel: true, compress, mangle, nameCache });
    return small;
  };
}
