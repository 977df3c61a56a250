import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { earlyTokenScript } from '../../src/head/early-token.js';
import { headTags, securityPolicy, type HeadTagsOptions } from '../../src/server.js';

const page = readFileSync('docs/speed.md', 'utf8');
const readme = readFileSync('README.md', 'utf8');

const options: HeadTagsOptions = {
  ...{ provider: 'payme', environment: 'sandbox', order: 'A-1001', tokenEndpoint: '/api/pay/token' },
  script: 'https://unpkg.com/pay-checkout@0.1.0/dist/pay-checkout.min.js',
};
const everywhere = {
  izipay: ['test', 'sandbox', 'production'],
  payme: ['sandbox', 'production'],
  payroc: ['sandbox', 'production'],
} as const;

describe('the lines for the head', () => {
  it('are in README to the letter', () => expect(readme).toContain(`\`\`\`html\n${headTags(options)}\n\`\`\``));

  it('are in docs/speed.md for every provider and environment', () => {
    const preloads = Object.entries(everywhere).flatMap(([provider, environments]) =>
      environments.flatMap((environment) => headTags({ provider, environment } as HeadTagsOptions).split('\n')),
    );
    const written = page.match(/<link rel="preload".*?>/g) ?? [];
    expect(written.toSorted()).toEqual(preloads.toSorted());
  });

  it.each(Object.keys(everywhere))('are there for every environment that %s has', (provider) => {
    const all = ['test', 'sandbox', 'production'].filter((environment) => {
      try {
        return securityPolicy({ provider, environment } as Parameters<typeof securityPolicy>[0]);
      } catch {
        return false;
      }
    });
    expect(everywhere[provider as keyof typeof everywhere]).toEqual(all);
  });

  it('have the hash in their page that a policy needs', () => {
    const hash = createHash('sha256').update(`\n${earlyTokenScript}\n`).digest('base64');
    for (const text of [page, readFileSync('docs/csp-and-pci.md', 'utf8')]) expect(text).toContain(`'sha256-${hash}'`);
  });
});
