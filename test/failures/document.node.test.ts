import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { providerNames } from '../../src/testing/providers.js';
import { generatedPages } from './document.js';
import { cellsOf, expectedOf, titleOf } from './matrix.js';

describe('generated documentation', () => {
  it.each(Object.entries(generatedPages))('%s is up to date; otherwise run `npm run docs`', async (path, generate) => {
    expect(readFileSync(path, 'utf8')).toBe(await generate());
  });
});

describe('the fault matrix', () => {
  it('contains each combination once', () => {
    const titles = providerNames.flatMap(cellsOf).map((cell) => titleOf(cell, expectedOf(cell)));
    expect(new Set(titles).size).toBe(titles.length);
  });
});
