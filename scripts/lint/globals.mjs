// Globals that only some files of src/ may use, as blocks of an ESLint configuration: for each file the last block counts.
const nodeOnly = ['process', 'Buffer', 'global', 'require', '__dirname'];
const dom = ['document', 'customElements', 'HTMLElement', 'navigator', 'location', 'localStorage'];
const requests = ['fetch', 'XMLHttpRequest'];

const why = {
  node: 'src/ runs wherever there is `fetch`.',
  dom: 'Server code, the command, and code that both halves share, never touch the DOM.',
  requests: 'The files that make requests are listed in scripts/lint/globals.mjs; all others get a function.',
};
const ban = (reason) => (name) => ({ name, message: why[reason] });
const [noNode, noDom, noRequests] = [nodeOnly.map(ban('node')), dom.map(ban('dom')), requests.map(ban('requests'))];

const restricted = (files, globals) => ({
  files,
  rules: { 'no-restricted-globals': ['error', { globals, checkGlobalObject: true, globalObjects: ['window', 'globalThis', 'self'] }] },
});

/** `document.head`, also behind `window`. */
const head = {
  selector: "MemberExpression[property.name='head']:matches([object.name='document'], [object.property.name='document'])",
  message: 'Only src/assets.ts touches the head of the page.',
};
const define = {
  selector: "MemberExpression[property.name='define']:matches([object.name='customElements'], [object.property.name='customElements'])",
  message: 'Only src/define.ts registers the tag.',
};

export const globals = [
  restricted(['src/**/*.ts'], [...noNode, ...noRequests]),
  restricted(['src/{token,outcome}.ts'], noNode),
  restricted(
    [
      'src/server/*.ts',
      'src/providers/*/{server*,security,hosts,assets}.ts',
      'src/providers/{security*,head-tags,built-in,chosen,names,own-file,script-hashes,by-environment}.ts',
      'src/{wire,secure,schema,shape,signals,tries,version}.ts',
    ],
    [...noNode, ...noDom, ...noRequests],
  ),
  restricted(['src/server/upstream.ts'], [...noNode, ...noDom]),
  restricted(['src/cli/*.ts'], [...noDom, ...noRequests]),
  restricted(['src/cli/ask.ts'], noDom),
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', head, define] } },
  { files: ['src/assets.ts'], rules: { 'no-restricted-syntax': ['error', define] } },
  { files: ['src/define.ts'], rules: { 'no-restricted-syntax': ['error', head] } },
];
