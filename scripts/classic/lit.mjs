// lit without what nobody uses here, which no bundler can know. Its version is pinned, and a pattern that finds nothing ends the build.
import { readFileSync } from 'node:fs';

const cssTag = new URL('css-tag.js', import.meta.url);

/** Nobody polyfills, hydrates or counts the lit of a script that keeps it to itself. */
const company = [/\b\w+\.\w+(?:Polyfill|Hydrate)Support\b|\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g, '(void 0)'];

/** By file, what is cut out of it, and what is put in its place. */
const cuts = {
  'lit-element.js': [company],
  'reactive-element.js': [
    company,
    // Controllers.
    [/addController\(.*?\}removeController\(.*?\}/, ''],
    [/this\._\$EO\?\.forEach\(.*?\(\)\)/g, '0'],
    // Attributes that are no strings, and properties that are written into attributes.
    [/(?<=,u=)\{toAttribute\(.*?return i\}\}/, '{fromAttribute:t=>t}'],
    [/_\$ET\(t,s\)\{.*?\}\}(?=_\$AK)/, ''],
    [/this\._\$Eq&&=.*?\)\)/, '0'],
    // Decorators.
    [/Symbol\.metadata\?\?=.*?new WeakMap;/, ''],
    [/const t=this\[Symbol\.metadata\];.*?(?=this\._\$Eh=new Map)/, ''],
    [/static addInitializer\(.*?\}/, ''],
    [/this\.constructor\.l\?\.forEach\(.*?\(this\)\)/, '0'],
  ],
  'lit-html.js': [
    company,
    // Directives.
    [/(?<=function M\(t,i),s=t,e\)\{.*?(?=\}class R\b)/, '){return i'],
    // Templates of SVG and MathML.
    [/2===i\?"<svg>":3===i\?"<math>":/, ''],
    [/2===i\?"<\/svg>":3===i\?"<\/math>":/, ''],
    [/2===i\|\|3===i/, '!1'],
  ],
};

/** For vite. */
export const smallLit = {
  name: 'small-lit',
  enforce: 'pre',
  load: (id) => (id.endsWith('/@lit/reactive-element/css-tag.js') ? readFileSync(cssTag, 'utf8') : undefined),
  transform(code, id) {
    const [, file] = /\/node_modules\/.*?([\w-]+\.js)$/.exec(id) ?? [];
    return cuts[file]?.reduce((rest, [pattern, instead]) => cut(file, rest, pattern, instead), code);
  },
};

function cut(file, code, pattern, instead) {
  const rest = code.replace(pattern, instead);
  if (rest === code) throw new Error(`This ${file} has in it no ${pattern}.`);
  return rest;
}
