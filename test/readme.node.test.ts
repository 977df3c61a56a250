import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failures } from '../src/errors.js';
import { version } from '../src/version.js';
import { tableUnder } from './support/markdown.js';

const readme = readFileSync('README.md', 'utf8');

/** The same, without what marks code. */
const cellsUnder = (heading: string) => tableUnder(readme, heading).map((row) => row.map((cell) => cell.replaceAll('`', '')));

describe('README', () => {
  it('has every failure that the code knows, and says of each whether it is retryable', () => {
    const known = Object.entries(failures).flatMap(([code, reasons]) =>
      Object.entries(reasons).map(([reason, { retryable }]) => [code, reason, retryable ? 'yes' : 'no']),
    );
    expect(cellsUnder('When it fails').map((row) => row.slice(0, 3))).toEqual(known);
  });

  it('has every attribute and property of the element', () => {
    const source = readFileSync('src/pay-checkout.attributes.ts', 'utf8');
    const [, declarations = ''] = /properties: PropertyDeclarations = \{\n(.*?)\n {2}\};/s.exec(source) ?? [];
    const declared = [...declarations.matchAll(/^ +(\w+): \{(.*)\},$/gm)].map(([, property = '', options = '']) => {
      if (options.includes('attribute: false')) return ['', property];
      return [/attribute: '([\w-]+)'/.exec(options)?.[1] ?? property, property];
    });
    expect(declared.length).toBeGreaterThan(8);
    expect(cellsUnder('Attributes').map((row) => row.slice(0, 2))).toEqual(expect.arrayContaining(declared));
  });

  it('pins the version that it is about, as does the element', () => {
    const { version: packaged } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(version).toBe(packaged);
    expect(readme).toContain(`pay-checkout@${packaged}/dist/pay-checkout.min.js`);
  });
});
