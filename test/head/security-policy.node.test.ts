import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { earlyTokenScript } from '../../src/head/early-token.js';
import { builtInAssets, builtInFolders, builtInNames, folderOf, type BuiltInName } from '../../src/providers/built-in.js';
import type { Assets } from '../../src/providers/provider.js';
import type { Environment } from '../../src/shared/environment.js';
import { securityPolicy } from '../../src/server.js';
import { version } from '../../src/shared/version.js';

const cases = Object.entries(builtInAssets).flatMap(([provider, assets]) =>
  Object.entries(assets).map(([environment, needs]) => ({ provider, environment, needs }) as Case),
);

interface Case {
  readonly provider: BuiltInName;
  readonly environment: Environment;
  readonly needs: Assets;
}

const originOf = (url: string) => new URL(url).origin;

describe.each(cases)('securityPolicy for $provider in $environment', ({ needs, ...selection }) => {
  const { directives, scripts } = securityPolicy(selection);

  it("allows the hosts of the adapter's script and style sheets", () => {
    expect(directives['script-src']).toEqual(expect.arrayContaining(["'self'", originOf(needs.script!.url)]));
    for (const url of needs.styles ?? []) expect(directives['style-src']).toContain(originOf(url));
  });

  it('allows every host that the form requires, and only https hosts', () => {
    const sources = Object.values(directives).flat();
    for (const origin of needs.origins ?? []) expect(sources).toContain(origin);
    for (const source of sources) expect(source).toMatch(/^(https:\/\/[\w.-]+|'[\w-]+'|data:|pay-checkout|lit-html)$/);
  });

  it("allows the shop's own endpoints, but no inline script and no `eval`", () => {
    expect(directives['connect-src']).toContain("'self'");
    expect(directives['script-src']?.filter((source) => source.includes('unsafe'))).toEqual([]);
  });

  it('allows the script of `headTags()` by its hash and lists it, if the page has it', () => {
    const hash = createHash('sha256').update(`\n${earlyTokenScript}\n`).digest('base64');
    const withHead = securityPolicy({ ...selection, head: true });
    expect(withHead.directives['script-src']).toEqual(["'self'", `'sha256-${hash}'`, ...directives['script-src']!.slice(1)]);
    expect({ ...withHead.directives, 'script-src': [] }).toEqual({ ...directives, 'script-src': [] });
    const added = withHead.scripts.map(({ source }) => source).filter((source) => !scripts.some((one) => one.source === source));
    expect(added).toEqual([`the inline script of headTags(), pay-checkout@${version}`]);
  });

  it('allows the Trusted Types policies of two copies of our script and of lit', () => {
    expect(directives['trusted-types']).toEqual(['pay-checkout', 'lit-html', "'allow-duplicates'"]);
  });

  it('lists our own file and the script of the provider, with hash, purpose and assurance', () => {
    expect(scripts.map(({ source }) => source).filter((source) => source.includes('pay-checkout'))).toEqual([
      `pay-checkout@${version}/dist/pay-checkout.min.js`,
    ]);
    const listed = scripts.find(({ source }) => source === needs.script!.url);
    expect(listed?.integrity).toBe(needs.script!.integrity);
    for (const { source, purpose, assurance } of scripts) {
      expect(purpose).toMatch(/^[A-Z].{20,}\.$/);
      expect(assurance).toMatch(/^[A-Z].{20,}\.$/);
      if (source.startsWith('https:')) expect(directives['script-src']).toContain(originOf(source));
    }
  });

  it('lists the file with only this provider, if the page loads that', () => {
    const file = `pay-checkout-${folderOf(selection.provider)}.min.js`;
    const [own, ...others] = securityPolicy({ ...selection, script: `https://cdn.shop.example/${file}?v=3` }).scripts;
    expect(own).toMatchObject({
      source: `pay-checkout@${version}/dist/${file}`,
      assurance: expect.stringContaining(`\`dist/${file}.sri\``) as string,
    });
    expect(others).toEqual(scripts.slice(1));
  });

  it('returns equal objects each time, which the caller may change', () => {
    const first = structuredClone(securityPolicy(selection));
    const mine = securityPolicy(selection);
    for (const list of [mine.scripts, mine.unconfirmed, ...Object.values(mine.directives)] as unknown[][]) list.length = 0;
    expect(securityPolicy(selection)).toEqual(first);
  });
});

describe('securityPolicy with a fallback', () => {
  const environment = 'sandbox';
  const policies = builtInFolders.map((provider) => securityPolicy({ provider, environment }));
  const union = securityPolicy({ provider: 'payme', fallback: `${builtInFolders.join(', ')} payme`, environment });
  const isUnique = (list: readonly unknown[]) => new Set(list).size === list.length;

  it('refuses an unknown name, and an environment that a fallback lacks', () => {
    const call = (options: object) => () => securityPolicy({ provider: 'izipay', ...options });
    expect(call({ fallback: 'paypal' })).toThrow(RangeError);
    expect(call({ fallback: 'payme', environment: 'test' })).toThrow(
      'securityPolicy(): `environment` should be one of sandbox, production for payme.',
    );
  });

  it('allows the sources of every provider, each once, and no others', () => {
    for (const [directive, sources] of Object.entries(union.directives)) {
      const wanted = policies.flatMap(({ directives }) => directives[directive] ?? []);
      expect([...sources].toSorted(), directive).toEqual(
        [...new Set(directive === 'frame-src' ? [...wanted, 'https:'] : wanted)].toSorted(),
      );
    }
    expect(Object.keys(union.directives).toSorted()).toEqual(
      [...new Set(policies.flatMap(({ directives }) => Object.keys(directives)))].toSorted(),
    );
  });

  it('limits no frames to the hosts of one provider if another cannot list its own', () => {
    const framesOf = (fallback: string) => securityPolicy({ provider: 'micuentaweb', fallback, environment }).directives['frame-src'];
    expect(framesOf('payme')).toEqual(['https://static.micuentaweb.pe', 'https:']);
    expect(framesOf('payzen')).not.toContain('https:');
  });

  it('lists each script of every provider once', () => {
    const sources = union.scripts.map(({ source }) => source);
    expect(isUnique(sources)).toBe(true);
    expect(union.scripts).toEqual(expect.arrayContaining(policies.flatMap(({ scripts }) => scripts)));
    expect(sources).toHaveLength(new Set(policies.flatMap(({ scripts }) => scripts.map(({ source }) => source))).size);
  });

  it('lists the file of each provider, if the page loads those', () => {
    const { scripts } = securityPolicy({ provider: 'payme', fallback: 'payroc', environment, script: 'pay-checkout-payme.min.js' });
    expect(scripts.slice(0, 2).map(({ source }) => source)).toEqual([
      `pay-checkout@${version}/dist/pay-checkout-payme.min.js`,
      `pay-checkout@${version}/dist/pay-checkout-payroc.min.js`,
    ]);
  });

  it('names the provider in each unconfirmed fact', () => {
    const { unconfirmed } = securityPolicy({ provider: 'payroc', fallback: 'payme', environment });
    expect(unconfirmed).toEqual(securityPolicy({ provider: 'payme', environment }).unconfirmed.map((sentence) => `payme: ${sentence}`));
  });

  it('equals the policy of the provider if no other is named', () => {
    for (const fallback of ['', ' payme '])
      expect(securityPolicy({ provider: 'payme', fallback, environment })).toEqual(securityPolicy({ provider: 'payme', environment }));
  });
});

describe('securityPolicy', () => {
  it('defaults to production', () => {
    expect(securityPolicy({ provider: 'payme' })).toEqual(securityPolicy({ provider: 'payme', environment: 'production' }));
  });

  it.each(['stripe', '', 'constructor', '__proto__', 'toString'])('refuses the provider "%s"', (provider) => {
    const call = () => securityPolicy({ provider: provider as 'payme' });
    expect(call).toThrow(new RangeError(`securityPolicy(): \`provider\` should be one of ${builtInNames.join(', ')}.`));
  });

  it('refuses the file of another provider', () => {
    const call = () => securityPolicy({ provider: 'payme', script: 'pay-checkout-payroc.min.js' });
    const message =
      'securityPolicy(): `script` should be pay-checkout.min.js or pay-checkout-payme.min.js, which have payme, but was pay-checkout-payroc.min.js.';
    expect(call).toThrow(new RangeError(message));
  });

  it.each(['test', 'constructor', '__proto__'])('refuses the environment "%s" for Pay-me', (environment) => {
    const call = () => securityPolicy({ provider: 'payme', environment: environment as 'sandbox' });
    expect(call).toThrow(new RangeError('securityPolicy(): `environment` should be one of sandbox, production for payme.'));
  });
});
