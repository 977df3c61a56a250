import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { providers } from '../../demo/providers/index.js';
import { earlyTokenScript } from '../../src/head/early-token.js';
import { builtInAssets, builtInFolders, builtInNames, type BuiltInName } from '../../src/providers/built-in.js';
import { headTags, securityPolicy, type HeadTagsOptions } from '../../src/server.js';

const page = readFileSync('docs/speed.md', 'utf8');

const options: HeadTagsOptions = {
  ...{ provider: 'payme', environment: 'sandbox', order: 'A-1001', tokenEndpoint: '/api/pay/token' },
  script: 'https://unpkg.com/pay-checkout@0.1.0/dist/pay-checkout.min.js',
};
const environmentsOf = (provider: BuiltInName) => Object.keys(builtInAssets[provider]);

describe('docs/speed.md', () => {
  it('shows the exact output of headTags()', () => expect(page).toContain(`\`\`\`html\n${headTags(options)}\n\`\`\``));

  it('shows the preload lines of every provider and environment', () => {
    const preloads = builtInFolders.flatMap((provider) =>
      environmentsOf(provider).flatMap((environment) => headTags({ provider, environment } as HeadTagsOptions).split('\n')),
    );
    const written = new Set(page.match(/<link rel="preload".*?>/g));
    // The environments of micuentaweb have the same files.
    expect([...written].toSorted()).toEqual([...new Set(preloads)].toSorted());
  });

  it.each(builtInNames)('covers every environment of %s', (provider) => {
    const all = ['test', 'sandbox', 'production'].filter((environment) => {
      try {
        return securityPolicy({ provider, environment } as Parameters<typeof securityPolicy>[0]);
      } catch {
        return false;
      }
    });
    expect(environmentsOf(provider).toSorted()).toEqual(all.toSorted());
  });

  it('shows the hash for a policy, as does docs/content-security-policy.md', () => {
    const hash = createHash('sha256').update(`\n${earlyTokenScript}\n`).digest('base64');
    for (const text of [page, readFileSync('docs/content-security-policy.md', 'utf8')]) expect(text).toContain(`'sha256-${hash}'`);
  });
});

describe('docs/benchmarks.md', () => {
  const benchmarks = readFileSync('docs/benchmarks.md', 'utf8');
  const results = readFileSync('bench/results.md', 'utf8');

  it('shows the file sizes of bench/results.md', () => {
    const sizes = [...results.matchAll(/^\| (pay-checkout\S*\.min\.js) +\| ([\d,]+) +\| ([\d,]+)/gm)];
    expect(sizes).toHaveLength(builtInFolders.length + 1);
    const kilobytes = (bytes = '') => `${(Number(bytes.replace(',', '')) / 1000).toFixed(1)} kB`;
    for (const [, file = '', gzip, brotli] of sizes) {
      const [, , ...cells] = rowOf(benchmarks, `\`${file}\``);
      expect(cells.slice(0, 2), file).toEqual([kilobytes(gzip), kilobytes(brotli)]);
    }
  });

  it.each([
    ['script tag alone', 'script tag alone', 'page of the documentation'],
    ['with the [head lines](speed.md)', 'with the lines for the head', 'hand-tuned page'],
  ])('shows the range of factors of bench/results.md: %s', (row, ours, theirs) => {
    const range = (variant: string) => {
      const factors = [...results.matchAll(new RegExp(`\`init\`, ${variant} : ${theirs} +\\| \\*\\*([\\d.]+)`, 'g'))];
      const sorted = factors.map(([, factor]) => Number(factor)).toSorted((one, other) => one - other);
      expect(sorted).toHaveLength(builtInFolders.length);
      return `${sorted[0]!.toFixed(2)} to ${sorted.at(-1)!.toFixed(2)}`;
    };
    expect(rowOf(benchmarks, row).slice(3, 5)).toEqual([range(ours), range(`${ours}, file with every provider`)]);
  });

  it('shows the seconds of bench/results.md', () => {
    for (const provider of builtInFolders) {
      const seconds = (variant: string) => {
        const [, ms] = new RegExp(`^\\| ${provider} +\\| ${variant} +\\| (\\d+)`, 'm').exec(results) ?? [];
        return `${(Number(ms) / 1000).toFixed(1)} s`;
      };
      expect(rowOf(benchmarks, providers[provider].title).slice(2, 4)).toEqual([seconds('tag'), seconds('head lines')]);
    }
  });
});

/** The cells of the table row whose first cell is `first`, after an empty one. */
function rowOf(text: string, first: string): string[] {
  const line = text.split('\n').find((one) => one.startsWith(`| ${first} `));
  return line?.split('|').map((cell) => cell.trim()) ?? [];
}
