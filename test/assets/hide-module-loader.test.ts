import { expect } from '@open-wc/testing';
import { loadAssets } from '../../src/assets/load-assets.js';

const options = { nonce: '', signal: new AbortController().signal };
const page = window as unknown as Record<string, unknown>;

let libraries = 0;
let defined: unknown[];

/** A module loader as RequireJS is: `define` has `amd`, and keeps what scripts register. */
function addLoader(): { amd?: unknown } {
  defined = [];
  const define = Object.assign((...registration: unknown[]) => void defined.push(registration.at(-1)), { amd: { jQuery: true } });
  page.define = define;
  return define;
}

/** Creates the URL of a library in the UMD format that bundlers write. It registers with the first loader that it finds. */
function createLibrary(name: string, value = `class { static library = '${name}' }`): { global: string; script: { url: string } } {
  const text = `(function (root, factory) {
    if (typeof exports === 'object' && typeof module === 'object') module.exports = factory();
    else if (typeof define === 'function' && define.amd) define([], factory);
    else if (typeof exports === 'object') exports['${name}'] = factory();
    else root['${name}'] = factory();
  })(self, () => ${value});`;
  return { global: name, script: { url: URL.createObjectURL(new Blob([text], { type: 'text/javascript' })) } };
}

const createName = () => `umdLibrary${(libraries += 1)}`;

afterEach(() => {
  for (const name of ['define', 'exports', 'module']) delete page[name];
});

describe('a library in UMD format', () => {
  const loaders: [what: string, add: () => void][] = [
    ['no module loader', () => {}],
    ['an AMD loader', addLoader],
    ['`var exports`', () => (page.exports = {})],
    ['`var module`', () => (page.module = { exports: {} })],
    ['`exports` and `module`', () => Object.assign(page, { exports: {}, module: { exports: {} } })],
    ['`exports` and an AMD loader', () => (addLoader(), (page.exports = {}))],
    ['elements with the ids exports and module', () => Object.assign(page, { exports: document.body, module: document.body })],
  ];
  for (const [what, add] of loaders) {
    it(`loads on a page with ${what}, and sets its global`, async () => {
      add();
      const name = createName();
      const library = await loadAssets(createLibrary(name), options);
      expect(library).to.have.property('library', name);
      expect(page[name]).to.equal(library);
    });
  }

  it('loads with a nested global that `module` caught', async () => {
    page.module = { exports: {} };
    const name = createName();
    const library = await loadAssets({ ...createLibrary(name, '({ hostedFields: class {} })'), global: `${name}.hostedFields` }, options);
    expect(library).to.be.a('function');
  });

  it('is not mistaken for another library that `module` caught before', async () => {
    const other = () => {};
    page.module = { exports: other };
    const name = createName();
    const url = URL.createObjectURL(new Blob([''], { type: 'text/javascript' }));
    const error = await loadAssets({ global: name, script: { url } }, options).catch((error: unknown) => error);
    expect(error).to.have.property('reason', 'missing-global');
    expect(page.module).to.deep.equal({ exports: other });
  });
});

describe("the page's module loader", () => {
  it('is visible to other scripts while a library loads, and receives their modules', async () => {
    const define = addLoader();
    const { amd } = define;
    const loading = loadAssets(createLibrary(createName()), options);
    expect(define.amd).to.equal(amd);
    const script = document.createElement('script');
    script.text = 'if (define.amd) define([], "a module");';
    document.head.append(script);
    await loading;
    expect(defined).to.deep.equal(['a module']);
  });

  it('is as before when the last of two libraries has loaded', async () => {
    const define = addLoader();
    const before = Object.getOwnPropertyDescriptor(define, 'amd');
    const [first, second] = [createName(), createName()];
    const loaded = await Promise.all([first, second].map((name) => loadAssets(createLibrary(name), options)));
    expect(loaded.map((library) => (library as { library: string }).library)).to.deep.equal([first, second]);
    expect(Object.getOwnPropertyDescriptor(define, 'amd')).to.deep.equal(before);
    expect(defined).to.deep.equal([]);
  });

  it('has its own `module.exports` back after a library has replaced it', async () => {
    const exported = {};
    page.module = { exports: exported };
    await loadAssets(createLibrary(createName()), options);
    expect((page.module as { exports: object }).exports).to.equal(exported);
  });
});
