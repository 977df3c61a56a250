// Which files of src/ may import which, as settings of eslint-plugin-boundaries. A file has each category whose pattern fits its path.

/** From the top. A file imports from its own layer and from those below it; what is in no layer is below them all. */
const layers = {
  frameworks: 'src/frameworks/*.ts',
  entry: 'src/{index,define}.ts',
  element: 'src/{pay-checkout*,element}.ts',
  attempts: 'src/{attempts,reports,diagnose}.ts',
  checkout: 'src/checkout.ts',
  attempt: 'src/{attempt,ageing,form,fresh-token}.ts',
  part: 'src/{token,outcome,assets,mount}.ts',
};

export const files = [
  ...Object.entries(layers).map(([category, pattern]) => ({ category, pattern })),
  { category: 'browser', pattern: ['src/*.ts', 'src/messages/*.ts'] },
  { category: 'registry', pattern: 'src/providers/{index,registry,lazy}.ts' },
  { category: 'provider', pattern: 'src/providers/*/*.ts', capture: ['name'] },
  { category: 'provider-browser', pattern: 'src/providers/*/browser*.ts' },
  { category: 'all-providers', pattern: ['src/providers/{built-in,lazy,security-policy}.ts', 'src/server/index.ts'] },
  { category: 'server', pattern: ['src/server/*.ts', 'src/providers/*/server*.ts'] },
  { category: 'command', pattern: 'src/cli/*.ts' },
  { category: 'testing', pattern: 'src/testing/**/*.ts' },
  { category: 'stand-in', pattern: 'src/testing/*/*.ts', capture: ['name'] },
  { category: 'all-stand-ins', pattern: 'src/testing/{index,providers,scripts}.ts' },
  { category: 'shape', pattern: 'src/shape.ts' },
  // Both halves use these: they have no DOM, and import nothing of the browser half.
  { category: 'shared', pattern: 'src/{wire,secure,schema,shape,signals,tries,version}.ts' },
  { category: 'shared', pattern: 'src/providers/*/{security,hosts,assets}.ts' },
  {
    category: 'shared',
    pattern: 'src/providers/{security*,head-tags,early-token,built-in,chosen,names,own-file,script-hashes,by-environment}.ts',
  },
];

const file = (anyOf, noneOf = []) => ({ file: { categories: { anyOf, noneOf } } });
const notFrom = (categories) => ({ file: { categories: { noneOf: categories } } });
const only = (importers, to, message) => ({ from: notFrom(importers), disallow: { to }, message });
const packages = (...source) => ({ module: { source } });
const another = (category) => ({ file: { categories: category, captured: { name: '!{{ from.file.captured.name }}' } } });

const order = Object.keys(layers);
const oneWay = `Imports run one way: ${order.join(' → ')} → the rest.`;

export const policies = [
  ...order.map((layer, n) => only(order.slice(0, n + 1), file([layer]), oneWay)),
  { from: file(['part']), disallow: { to: file(['part']) }, message: 'Token, outcome, assets and mount do not import one another.' },
  { from: file(['frameworks']), disallow: { to: notFrom(['frameworks', 'entry']) }, message: 'A wrapper imports the entry only.' },
  only(['browser', 'registry', 'testing', 'command'], file(['registry']), 'A provider and the server do not import the registry.'),
  only(['provider', 'all-providers', 'stand-in'], file(['provider']), 'Only the tables of providers name a provider.'),
  { from: file(['provider', 'stand-in']), disallow: { to: another('provider') }, message: 'A provider does not import another one.' },
  only(['stand-in', 'all-stand-ins'], file(['stand-in']), 'Only the tables of stand-ins name a stand-in.'),
  { from: file(['stand-in']), disallow: { to: another('stand-in') }, message: 'A stand-in does not import that of another provider.' },
  {
    from: file(['server', 'shared']),
    disallow: { to: file(['browser', 'provider-browser'], ['shared']) },
    message: 'Server code, and code that both halves share, never import browser code.',
  },
  only(['server'], file(['server']), 'Only server code imports server code.'),
  only(['command'], file(['command']), 'No other code imports the command.'),
  only(['testing'], file(['testing']), 'The stand-ins are not part of the checkout.'),
  only(['frameworks'], packages('react', 'react-dom', '@lit/react', 'vue'), 'Only src/frameworks/ imports a framework.'),
  only(['element'], packages('lit', 'lit-*'), 'Only the element imports lit.'),
  only(['server', 'shape'], packages('zod'), 'Browser code validates with src/shape.ts: zod/mini is twice its size, zod six times.'),
  only(['command'], { module: { origin: 'core' } }, 'src/ runs wherever there is `fetch`.'),
];
