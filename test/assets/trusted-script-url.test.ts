import { expect } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import { securityPolicy } from '../../src/index.js';
import { createTrustedScriptUrl } from '../../src/assets/trusted-script-url.js';
import { itUnless } from '../support/engine.js';
import { failure, Hostile, openPage } from '../support/hostile.js';

interface Rules {
  createScriptURL(url: string): string;
}

const page = window as unknown as { trustedTypes?: { createPolicy(name: string, rules: Rules): Rules } };
const itWithTrustedTypes = itUnless(!page.trustedTypes, 'this browser has no Trusted Types');

afterEach(() => restore());

describe('the policy', () => {
  itWithTrustedTypes('is called pay-checkout, is made once, and passes nothing but the URLs that were asked for', () => {
    const createPolicy = stub(page.trustedTypes!, 'createPolicy').callThrough();
    expect(String(createTrustedScriptUrl('https://provider.example/a.js'))).to.equal('https://provider.example/a.js');
    createTrustedScriptUrl('https://provider.example/b.js');
    expect(createPolicy.args.map(([name]) => name)).to.deep.equal(['pay-checkout']);
    const policy = createPolicy.returnValues[0]!;
    expect(String(policy.createScriptURL('https://provider.example/a.js'))).to.equal('https://provider.example/a.js');
    expect(() => policy.createScriptURL('https://elsewhere.example/a.js')).to.throw(TypeError);
  });

  itWithTrustedTypes('is not needed in a browser without Trusted Types', () => {
    const before = Object.getOwnPropertyDescriptor(window, 'trustedTypes')!;
    Object.defineProperty(window, 'trustedTypes', { configurable: true, value: undefined });
    expect(createTrustedScriptUrl('https://provider.example/c.js')).to.equal('https://provider.example/c.js');
    Object.defineProperty(window, 'trustedTypes', before);
  });
});

describe('a page under Trusted Types', () => {
  const enforced = (policies: string) => `require-trusted-types-for 'script'; trusted-types ${policies}`;
  const options = { nonce: '', signal: new AbortController().signal };

  afterEach(() => document.querySelector('iframe')?.remove());

  itWithTrustedTypes('loads scripts by the policy pay-checkout', async () => {
    const script = new Hostile('ok');
    const page = await openPage({ csp: enforced("pay-checkout lit-html 'allow-duplicates'") });
    expect(() => page.document.createElement('script').setAttribute('src', script.url)).to.throw(/TrustedScriptURL|Sink type mismatch/);
    expect(await page.assets.loadAssets(script.assets, options)).to.be.a('function');
  });

  /** Another copy of ours, or of lit, has come first. */
  function makePolicy(page: Window, name: string): void {
    (page as unknown as typeof window & { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes.createPolicy(
      name,
      {},
    );
  }

  itWithTrustedTypes('loads them with a second copy of ours on the page, and a foreign lit', async () => {
    const page = await openPage({ csp: enforced(securityPolicy({ provider: 'payroc' }).directives['trusted-types']!.join(' ')) });
    for (const name of ['pay-checkout', 'lit-html', 'lit-html']) makePolicy(page, name);
    expect(await page.assets.loadAssets(new Hostile('ok').assets, options)).to.be.a('function');
  });

  itWithTrustedTypes("blocks them for the second copy where the page lacks 'allow-duplicates', which the error names", async () => {
    const page = await openPage({ csp: enforced('pay-checkout lit-html') });
    makePolicy(page, 'pay-checkout');
    const error = (await failure(page.assets.loadAssets(new Hostile('ok').assets, options))) as Error;
    expect(error).to.include({ code: 'asset', reason: 'blocked' });
    expect(error.message).to.include("'allow-duplicates'");
  });

  itWithTrustedTypes('blocks them where it does not allow the policy, which the error names', async () => {
    const page = await openPage({ csp: enforced('lit-html') });
    const error = (await failure(page.assets.loadAssets(new Hostile('ok').assets, options))) as Error;
    expect(error).to.include({ code: 'asset', reason: 'blocked', retryable: false });
    expect(error.message).to.include('`pay-checkout`');
  });
});
