// The design's rules about who may import and who may use what in src/: two tables, and the ESLint rules that hold them.
import { dirname, relative, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '../../src');

const element = 'pay-checkout*.ts';
const server = ['server/**', 'providers/*/server*.ts'];
const security = ['providers/security*.ts', 'providers/*/security.ts', 'providers/*/hosts.ts'];
/** What a server writes into a page, of what the element knows, too. */
const head = [
  'providers/head-tags.ts',
  'providers/early-token.ts',
  'providers/built-in.ts',
  'providers/chosen.ts',
  'providers/*/assets.ts',
];
/** What both halves use: no DOM in it, and nothing of the browser's behind it. */
const shared = [
  'wire.ts',
  'secure.ts',
  'schema.ts',
  'shape.ts',
  'deadline.ts',
  'signals.ts',
  'tries.ts',
  'version.ts',
  ...security,
  ...head,
];
const browser = ['**', ...not([...server, ...shared])];
/** The command, on Node alone. It reads what the page reads, with the page's own code, and never touches a page. */
const command = ['cli/**'];
const page = [...browser, ...not(command)];
/** The element in the words of React and Vue. */
const frameworks = ['frameworks/**'];
const parts = ['token.ts', 'outcome.ts', 'assets.ts', 'mount.ts'];

/** From the top; whatever is not named here lies below. A file imports from its own layer and from those below it. */
const layers = [
  frameworks,
  ['index.ts'],
  [element],
  ['attempts.ts', 'reports.ts', 'diagnose.ts'],
  ['checkout.ts'],
  ['attempt.ts', 'ageing.ts', 'form.ts', 'fresh-token.ts'],
  parts,
];
const oneWay = 'Imports run one way: frameworks → index → pay-checkout → attempts → checkout → token, assets, mount, outcome → the rest.';

/** Every row that has the imported file in `what` must have the importing one in `by`. `!` excludes; `namesakes` are about one provider. */
const importTable = [
  ...layers.map((what, n) => ({ what, by: layers.slice(0, n + 1).flat(), why: oneWay })),
  { what: parts, by: ['**', ...not(parts)], why: 'Token, assets, mount and outcome know nothing of one another.' },
  {
    what: ['providers/index.ts'],
    by: ['*.ts', 'testing/**', ...command],
    why: 'A provider does not know the registry, nor does the server.',
  },
  {
    what: ['providers/*/**'],
    by: ['providers/built-in.ts', 'providers/adapters.ts', 'providers/security-policy.ts', 'server/index.ts'],
    namesakes: true,
    why: 'Providers do not know one another, and nobody else knows them by name.',
  },
  {
    what: ['testing/*/**'],
    by: ['testing/index.ts', 'testing/providers.ts', 'testing/scripts.ts'],
    namesakes: true,
    why: 'The stand-ins of two providers do not know one another, and what they share knows none of them.',
  },
  { what: ['providers/*/browser*.ts'], by: browser, why: 'Server code never imports browser code.' },
  {
    what: ['*.ts', 'messages/**', ...not(shared)],
    by: browser,
    why: 'Server code, and what both halves share, never import browser code.',
  },
  { what: server, by: server, why: 'Browser code and the stand-ins never import server code.' },
  {
    what: ['*.ts', 'messages/**', 'providers/**', 'server/**', 'testing/**', ...not(['index.ts'])],
    by: ['**', ...not(frameworks)],
    why: 'What is for a framework knows the element by its entry only.',
  },
  { what: ['react', 'react-dom', '@lit/react', 'vue'], by: frameworks, why: 'Only src/frameworks/ knows a framework.' },
  { what: command, by: command, why: 'Nothing imports the command.' },
  { what: ['testing/**'], by: ['testing/**'], why: 'The stand-ins are not part of the checkout.' },
  { what: ['lit', 'lit/**', 'lit-*', 'lit-*/**'], by: [element], why: 'Only the element knows lit.' },
  {
    what: ['zod', 'zod/**', '!zod/v4/core'],
    by: server,
    why: 'Browser code checks with shape.ts: zod/mini is twice its size, zod six times, and a CSP reports its `eval`.',
  },
  { what: ['zod/v4/core'], by: ['shape.ts'], why: "Only src/shape.ts knows zod's core." },
  { what: ['node:**'], by: command, why: 'src/ runs wherever there is `fetch`.' },
];

/** Globals, and members of them, that have one place. */
const globalTable = [
  { what: ['document.head'], by: ['assets.ts'], why: 'Only src/assets.ts touches the head of the page.' },
  { what: ['customElements.define'], by: ['index.ts'], why: 'Only src/index.ts registers the tag.' },
  {
    what: ['fetch', 'XMLHttpRequest'],
    by: ['token.ts', 'outcome.ts', 'server/upstream.ts', 'cli/ask.ts'],
    why: 'Requests are made in token.ts, outcome.ts, server/upstream.ts and cli/ask.ts; everything else is handed a function.',
  },
  {
    what: ['document', 'customElements', 'HTMLElement', 'navigator', 'location', 'localStorage'],
    by: page,
    why: 'Server code, the command, and what both halves share, never touch the DOM.',
  },
  { what: ['process', 'Buffer', 'global', 'require', '__dirname'], by: command, why: 'src/ runs wherever there is `fetch`.' },
];

const imports = rule((context) => {
  const check = ({ source }) => {
    if (source?.type === 'Literal') reportAll(context, source, brokenBy(context.filename, source.value));
  };
  return { ImportDeclaration: check, ImportExpression: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
});

const globals = rule((context) => ({
  'Program:exit'() {
    const importer = inSrc(context.filename);
    const forbidden = globalTable.filter(({ by }) => !matches(by, importer));
    for (const { identifier } of globalReferences(context.sourceCode)) {
      const path = pathOf(identifier);
      const rows = forbidden.filter(({ what }) => what.some((name) => `${path}.`.startsWith(`${name}.`)));
      reportAll(context, identifier, rows);
    }
  },
}));

/** A file that is called a test has tests, or runs a suite of them, such as `describeProvider()`; `itUnless()` and its like make tests, too. */
const tests = rule((context) => {
  let found = false;
  return {
    'CallExpression[callee.name=/^(it|test|(it|describe)[A-Z]\\w*)$/], CallExpression[callee.object.name=/^(it|test)$/]': () =>
      (found = true),
    'CallExpression[callee.callee.object.name=/^(it|test)$/]': () => (found = true),
    'Program:exit': (node) => found || context.report({ node, message: 'A test file has tests.' }),
  };
});

export default { rules: { imports, globals, tests } };

function rule(create) {
  return { meta: { type: 'problem', schema: [] }, create };
}

function reportAll(context, node, rows) {
  for (const { why } of rows) context.report({ node, message: why });
}

function brokenBy(file, source) {
  const importer = inSrc(file);
  const imported = source.startsWith('.') ? inSrc(resolve(dirname(file), source.replace(/\.js$/, '.ts'))) : source;
  return importTable.filter((row) => matches(row.what, imported) && !mayImport(row, importer, imported));
}

function mayImport({ by, namesakes }, importer, imported) {
  return matches(by, importer) || (namesakes && providerOf(importer) === providerOf(imported));
}

/** Whose folder a file is in. */
function providerOf(file) {
  return /^(?:providers|testing)\/([^/]+)\//.exec(file)?.[1];
}

function inSrc(file) {
  return relative(root, file).split(sep).join('/');
}

/** `*` is any part of a name, `**` any number of names. */
function matches(globs, path) {
  const hit = (glob) =>
    new RegExp(`^${glob.replace(/\*\*|\*|\./g, (part) => ({ '**': '.+', '*': '[^/]*', '.': '\\.' })[part])}$`).test(path);
  return globs.some((glob) => !glob.startsWith('!') && hit(glob)) && !globs.some((glob) => glob.startsWith('!') && hit(glob.slice(1)));
}

function globalReferences({ scopeManager: { globalScope } }) {
  const builtIn = globalScope.variables.filter((variable) => variable.defs.length === 0).flatMap((variable) => variable.references);
  return [...globalScope.through, ...builtIn].filter((reference) => reference.isValueReference !== false);
}

/** `document.head` for `window.document.head.append`'s first three names. */
function pathOf(identifier) {
  const names = [identifier.name];
  for (let node = identifier; node.parent.type === 'MemberExpression' && node.parent.object === node; node = node.parent) {
    names.push(node.parent.property.name);
  }
  return names.slice(['window', 'globalThis', 'self'].includes(names[0]) ? 1 : 0).join('.');
}

function not(globs) {
  return globs.map((glob) => `!${glob}`);
}
