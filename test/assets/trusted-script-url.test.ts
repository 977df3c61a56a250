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

describe('createTrustedScriptUrl', () => {
  itWithTrustedTypes('creates one policy, pay-checkout, which accepts only requested URLs', () => {
    const createPolicy = stub(page.trustedTypes!, 'createPolicy').callThrough();
    expect(String(createTrustedScriptUrl('https://provider.example/a.js'))).to.equal('https://provider.example/a.js');
    createTrustedScriptUrl('https://provider.example/b.js');
    expect(createPolicy.args.map(([name]) => name)).to.deep.equal(['pay-checkout']);
    const policy = createPolicy.returnValues[0]!;
    expect(String(policy.createScriptURL('https://provider.example/a.js'))).to.equal('https://provider.example/a.js');
    expect(() => policy.createScriptURL('https://elsewhere.example/a.js')).to.throw(TypeError);
  });

  itWithTrustedTypes('returns the URL in a browser without Trusted Types', () => {
    const before = Object.getOwnPropertyDescriptor(window, 'trustedTypes')!;
    Object.defineProperty(window, 'trustedTypes', { configurable: true, value: undefined });
    expect(createTrustedScriptUrl('https://provider.example/c.js')).to.equal('https://provider.example/c.js');
    Object.defineProperty(window, 'trustedTypes', before);
  });
});

describe('loadAssets under Trusted Types', () => {
  const enforced = (policies: string) => `require-trusted-types-for 'script'; trusted-types ${policies}`;
  const options = { nonce: '', signal: new AbortController().signal };

  afterEach(() => document.querySelector('iframe')?.remove());

  itWithTrustedTypes('loads scripts with the policy pay-checkout', async () => {
    const script = new Hostile('ok');
    const page = await openPage({ csp: enforced("pay-checkout lit-html 'allow-duplicates'") });
    expect(() => page.document.createElement('script').setAttribute('src', script.url)).to.throw(/TrustedScriptURL|Sink type mismatch/);
    expect(await page.assets.loadAssets(script.assets, options)).to.be.a('function');
  });

  /** Creates a policy as an earlier copy of this package, or of lit, would. */
  function makePolicy(page: Window, name: string): void {
    (page as unknown as typeof window & { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes.createPolicy(
      name,
      {},
    );
  }

  itWithTrustedTypes('loads scripts beside a second copy of this package and a foreign lit', async () => {
    const page = await openPage({ csp: enforced(securityPolicy({ provider: 'payroc' }).directives['trusted-types']!.join(' ')) });
    for (const name of ['pay-checkout', 'lit-html', 'lit-html']) makePolicy(page, name);
    expect(await page.assets.loadAssets(new Hostile('ok').assets, options)).to.be.a('function');
  });

  itWithTrustedTypes("blocks scripts for a second copy without 'allow-duplicates', and names it in the error", async () => {
    const page = await openPage({ csp: enforced('pay-checkout lit-html') });
    makePolicy(page, 'pay-checkout');
    const error = (await failure(page.assets.loadAssets(new Hostile('ok').assets, options))) as Error;
    expect(error).to.include({ code: 'asset', reason: 'blocked' });
    expect(error.message).to.include("'allow-duplicates'");
  });

  itWithTrustedTypes('blocks scripts if the page does not allow the policy, and names it in the error', async () => {
    const page = await openPage({ csp: enforced('lit-html') });
    const error = (await failure(page.assets.loadAssets(new Hostile('ok').assets, options))) as Error;
    expect(error).to.include({ code: 'asset', reason: 'blocked', retryable: false });
    expect(error.message).to.include('`pay-checkout`');
  });
});
