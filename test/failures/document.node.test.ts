import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { providerNames } from '../../src/testing/providers.js';
import { failuresDocument, place } from './document.js';
import { cellsOf, expectedOf, titleOf } from './matrix.js';

describe('docs/failures.md', () => {
  it('is what the code and its tests go by: else run `npm run docs`', async () => {
    expect(readFileSync(place, 'utf8')).toBe(await failuresDocument(readFileSync('README.md', 'utf8')));
  });
});

describe('the fault matrix', () => {
  it('has every cell once', () => {
    const titles = providerNames.flatMap(cellsOf).map((cell) => titleOf(cell, expectedOf(cell)));
    expect(new Set(titles).size).toBe(titles.length);
  });
});
