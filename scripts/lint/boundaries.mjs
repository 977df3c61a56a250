// The allowed imports between the folders of src/, as settings of eslint-plugin-boundaries.

/**
 * The folders of src/: the files of each, and the other folders that they may import. `*` in the path of a provider's folder
 * matches its name.
 */
const rooms = {
  entry: { pattern: 'src/*.ts' },
  frameworks: { pattern: 'src/frameworks/*.ts', imports: ['element', 'page', 'state'] },
  element: {
    pattern: 'src/element/*.ts',
    imports: ['checkout', 'endpoint', 'assets', 'page', 'built-in', 'providers', 'messages', 'state', 'shared'],
  },
  checkout: { pattern: 'src/checkout/*.ts', imports: ['endpoint', 'assets', 'page', 'built-in', 'providers', 'state', 'shared'] },
  endpoint: { pattern: 'src/endpoint/*.ts', imports: ['page', 'providers', 'state', 'shared'] },
  assets: { pattern: 'src/assets/*.ts', imports: ['page', 'providers', 'state', 'shared'] },
  head: { pattern: 'src/head/*.ts', imports: ['built-in', 'providers', 'shared'] },
  page: { pattern: 'src/page/*.ts', imports: ['state', 'shared'] },
  state: { pattern: 'src/state/*.ts', imports: ['messages', 'shared'] },
  messages: { pattern: 'src/messages/*.ts', imports: [] },
  shared: { pattern: 'src/shared/*.ts', imports: [] },
  cli: { pattern: 'src/cli/**/*.ts', imports: ['serve', 'testing', 'stand-ins', 'endpoint', 'built-in', 'providers', 'state', 'shared'] },
  serve: { pattern: 'src/serve/**/*.ts', imports: ['server', 'provider', 'provider-server', 'shared'] },
  server: { pattern: 'src/server/**/*.ts', imports: ['shared'] },

  providers: { pattern: 'src/providers/!(built-in|lazy-providers).ts', imports: ['state', 'shared'] },
  /** The table of the providers in this package. */
  'built-in': { pattern: 'src/providers/{built-in,lazy-providers}.ts', imports: ['provider', 'provider-browser', 'providers', 'state'] },
  /** The files that both halves of a provider use. */
  provider: { pattern: 'src/providers/*/*.ts', ofProvider: true, imports: ['providers', 'shared'] },
  'provider-browser': {
    pattern: 'src/providers/*/browser/*.ts',
    ofProvider: true,
    imports: ['provider', 'providers', 'endpoint', 'page', 'state', 'shared'],
  },
  'provider-server': { pattern: 'src/providers/*/server/*.ts', ofProvider: true, imports: ['provider', 'server', 'shared'] },

  testing: { pattern: 'src/testing/!(providers).ts', imports: ['stand-ins', 'endpoint', 'built-in', 'providers', 'state', 'shared'] },
  /** The table of the stand-ins in this package. */
  'stand-ins': { pattern: 'src/testing/providers.ts', imports: ['stand-in', 'built-in', 'providers'] },
  'stand-in': { pattern: 'src/testing/*/*.ts', ofProvider: true, imports: ['testing', 'provider', 'provider-browser', 'shared'] },
};

/** Packages, other than the modules of Node, that only some folders may import. */
const packages = {
  lit: { source: ['lit', 'lit-*'], rooms: ['element'] },
  react: { source: ['react', 'react-dom', '@lit/react', 'vue'], rooms: ['frameworks'] },
  'quick-lru': { source: ['quick-lru'], rooms: ['server', 'serve'] },
  zod: { source: ['zod'], rooms: ['server', 'provider-server', 'serve', 'zod-schemas'] },
  hono: { source: ['hono', '@hono/node-server'], rooms: ['serve', 'cli'] },
  serve: {
    source: [
      '@opentelemetry/api',
      'bullmq',
      'ioredis',
      'ipaddr.js',
      'p-retry',
      'pino',
      'prom-client',
      'proxy-addr',
      'rate-limiter-flexible',
    ],
    rooms: ['serve'],
  },
};

export const files = [
  ...Object.entries(rooms).map(([category, { pattern, ofProvider }]) => ({ category, pattern, ...(ofProvider && { capture: ['name'] }) })),
  { category: 'zod-schemas', pattern: 'src/shared/zod-schemas.ts' },
];

const inRooms = (...categories) => ({ file: { categories: { anyOf: categories } } });
const notInRooms = (...categories) => ({ file: { categories: { noneOf: categories } } });
const ofAnotherProvider = (category) => ({ file: { categories: category, captured: { name: '!{{ from.file.captured.name }}' } } });
const providerRooms = Object.keys(rooms).filter((room) => rooms[room].ofProvider);

export const policies = [
  ...Object.entries(rooms).flatMap(([room, { imports }]) => (imports ? [roomPolicy(room, imports)] : [])),
  ...providerRooms.map((room) => ({
    from: inRooms(...providerRooms),
    disallow: { to: ofAnotherProvider(room) },
    message: 'A provider or stand-in imports no file of another provider.',
  })),
  ...Object.values(packages).map(({ source, rooms }) => ({
    from: notInRooms(...rooms),
    disallow: { to: { module: { source } } },
    message: `Only these folders import ${source.join(', ')}: ${rooms.join(', ')}.`,
  })),
  {
    from: notInRooms('cli', 'serve'),
    disallow: { to: { module: { origin: 'core' } } },
    message: 'src/ runs wherever there is `fetch`; only the command line and `serve` use modules of Node.',
  },
];

function roomPolicy(room, imports) {
  const list = imports.length > 0 ? imports.join(', ') : 'no other folder';
  return {
    from: inRooms(room),
    disallow: { to: notInRooms(room, ...imports) },
    message: `${rooms[room].pattern} may import ${list}. See the map in CONTRIBUTING.md.`,
  };
}
