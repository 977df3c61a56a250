import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildOperationsPage, operationsPage } from './tables.js';

describe('docs/operations.md', () => {
  it('is up to date; otherwise run `npm run docs`', async () => {
    expect(readFileSync(operationsPage, 'utf8')).toBe(await buildOperationsPage());
  });
});
