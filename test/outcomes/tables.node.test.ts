import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildOutcomesPage, outcomesPage } from './tables.js';

describe('docs/outcomes.md', () => {
  it('is up to date; otherwise run `npm run docs`', async () => {
    expect(readFileSync(outcomesPage, 'utf8')).toBe(await buildOutcomesPage());
  });
});
