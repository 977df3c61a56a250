// Globals that only some folders of src/ may use, as blocks of an ESLint configuration: for each file the last matching block counts.
const nodeOnly = ['process', 'Buffer', 'global', 'require', '__dirname'];
const dom = ['document', 'customElements', 'HTMLElement', 'navigator', 'location', 'localStorage'];
const requests = ['fetch', 'XMLHttpRequest'];
/** What `src/shared/natives.ts` exports, because a page may have replaced it with something else. */
const natives = ['URL', 'AbortController', 'Request', 'MutationObserver', 'JSON', 'Promise', 'Event', 'setTimeout'];

const why = {
  node: 'src/ runs wherever there is `fetch`.',
  dom: 'Server code, the command line and code that both halves share never touch the DOM.',
  natives: 'The page may have replaced it. Import it from src/shared/natives.ts.',
  requests: 'scripts/lint/globals.mjs lists the files that send requests; other code receives a function.',
};
const ban = (reason) => (name) => ({ name, message: why[reason] });
const [noNode, noDom, noRequests] = [nodeOnly.map(ban('node')), dom.map(ban('dom')), requests.map(ban('requests'))];
const noNatives = natives.map(ban('natives'));

const restricted = (files, globals) => ({
  files,
  rules: { 'no-restricted-globals': ['error', { globals, checkGlobalObject: true, globalObjects: ['window', 'globalThis', 'self'] }] },
});

/** `document.head`, also behind `window`. */
const head = {
  selector: "MemberExpression[property.name='head']:matches([object.name='document'], [object.property.name='document'])",
  message: 'Only src/assets/ touches the head of the page.',
};
const define = {
  selector: "MemberExpression[property.name='define']:matches([object.name='customElements'], [object.property.name='customElements'])",
  message: 'Only src/element/define-element.ts registers the tag.',
};

export const globals = [
  restricted(['src/**/*.ts'], [...noNode, ...noRequests]),
  restricted(
    ['src/{element,checkout,endpoint,assets,page,state}/*.ts', 'src/providers/*/browser/*.ts'],
    [...noNode, ...noRequests, ...noNatives],
  ),
  restricted(['src/endpoint/fetch-response.ts'], [...noNode, ...noNatives]),
  restricted(
    [
      'src/{server,shared,head}/*.ts',
      'src/server/operations/*.ts',
      'src/providers/!(lazy-providers).ts',
      'src/providers/*/*.ts',
      'src/providers/*/server/*.ts',
    ],
    [...noNode, ...noDom, ...noRequests],
  ),
  restricted(['src/shared/natives.ts'], [...noNode, ...noRequests]),
  restricted(['src/server/upstream.ts'], [...noNode, ...noDom]),
  restricted(['src/cli.ts', 'src/cli/**/*.ts'], [...noDom, ...noRequests]),
  restricted(['src/cli/check/send-request.ts', 'src/cli/stand-ins/post-notification.ts', 'src/cli/notify/request-notification.ts'], noDom),
  restricted(['src/serve/**/*.ts'], [...noDom, ...noRequests]),
  restricted(['src/serve/backend/call-backend.ts', 'src/serve/stand-ins.ts'], noDom),
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', head, define] } },
  { files: ['src/assets/*.ts'], rules: { 'no-restricted-syntax': ['error', define] } },
  { files: ['src/element/define-element.ts'], rules: { 'no-restricted-syntax': ['error', head] } },
];
