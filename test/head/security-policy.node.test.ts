import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { earlyToken } from '../../src/head/early-token.js';
import { builtInAssets, builtInNames, type BuiltInName } from '../../src/providers/built-in.js';
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

describe.each(cases)('the policy for $provider in $environment', ({ needs, ...question }) => {
  const { directives, scripts } = securityPolicy(question);

  it("has the hosts of the adapter's own script and style sheets", () => {
    expect(directives['script-src']).toEqual(expect.arrayContaining(["'self'", originOf(needs.script!.url)]));
    for (const url of needs.styles ?? []) expect(directives['style-src']).toContain(originOf(url));
  });

  it('has every host whose block would end the checkout, and none that is not over https', () => {
    const sources = Object.values(directives).flat();
    for (const origin of needs.origins ?? []) expect(sources).toContain(origin);
    for (const source of sources) expect(source).toMatch(/^(https:\/\/[\w.-]+|'[\w-]+'|data:|pay-checkout|lit-html)$/);
  });

  it("allows the shop's own endpoints, no script that is written in the page, and no `eval`", () => {
    expect(directives['connect-src']).toContain("'self'");
    expect(directives['script-src']?.filter((source) => source.includes('unsafe'))).toEqual([]);
  });

  it('has the script of `headTags()` where the page has it: by its hash, and in the inventory', () => {
    const hash = createHash('sha256').update(`\n${earlyToken}\n`).digest('base64');
    const withHead = securityPolicy({ ...question, head: true });
    expect(withHead.directives['script-src']).toEqual(["'self'", `'sha256-${hash}'`, ...directives['script-src']!.slice(1)]);
    expect({ ...withHead.directives, 'script-src': [] }).toEqual({ ...directives, 'script-src': [] });
    const added = withHead.scripts.map(({ source }) => source).filter((source) => !scripts.some((one) => one.source === source));
    expect(added).toEqual([`the inline script of headTags(), pay-checkout@${version}`]);
  });

  it('allows two copies of ours, and of lit, to make their policies of Trusted Types', () => {
    expect(directives['trusted-types']).toEqual(['pay-checkout', 'lit-html', "'allow-duplicates'"]);
  });

  it('lists our own file and the script of the provider, with the hash that it is loaded with, and why each is needed', () => {
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

  it('lists the file that the page loads, where that has this provider alone', () => {
    const file = `pay-checkout-${question.provider}.min.js`;
    const [own, ...others] = securityPolicy({ ...question, script: `https://cdn.shop.example/${file}?v=3` }).scripts;
    expect(own).toMatchObject({
      source: `pay-checkout@${version}/dist/${file}`,
      assurance: expect.stringContaining(`\`dist/${file}.sri\``) as string,
    });
    expect(others).toEqual(scripts.slice(1));
  });

  it('is the same each time, and belongs to whoever asked', () => {
    const first = structuredClone(securityPolicy(question));
    const mine = securityPolicy(question);
    for (const list of [mine.scripts, mine.unconfirmed, ...Object.values(mine.directives)] as unknown[][]) list.length = 0;
    expect(securityPolicy(question)).toEqual(first);
  });
});

describe('a question', () => {
  it('is about production where it does not say', () => {
    expect(securityPolicy({ provider: 'payme' })).toEqual(securityPolicy({ provider: 'payme', environment: 'production' }));
  });

  it.each(['stripe', '', 'constructor', '__proto__', 'toString'])('about the provider "%s" has no answer', (provider) => {
    const ask = () => securityPolicy({ provider: provider as 'payme' });
    expect(ask).toThrow(new RangeError(`securityPolicy(): \`provider\` should be one of ${builtInNames.join(', ')}.`));
  });

  it('about the file of another provider has none', () => {
    const ask = () => securityPolicy({ provider: 'payme', script: 'pay-checkout-payroc.min.js' });
    const message =
      'securityPolicy(): `script` should be pay-checkout.min.js or pay-checkout-payme.min.js, which have payme, but was pay-checkout-payroc.min.js.';
    expect(ask).toThrow(new RangeError(message));
  });

  it.each(['test', 'constructor', '__proto__'])('about the environment "%s" of Pay-me has none', (environment) => {
    const ask = () => securityPolicy({ provider: 'payme', environment: environment as 'sandbox' });
    expect(ask).toThrow(new RangeError('securityPolicy(): `environment` should be one of sandbox, production for payme.'));
  });
});
