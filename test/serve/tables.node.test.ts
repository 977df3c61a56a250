import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildServePage, servePage } from './tables.js';

describe('docs/serve.md', () => {
  it('is up to date; otherwise run `npm run docs`', async () => {
    expect(readFileSync(servePage, 'utf8')).toBe(await buildServePage());
  });
});
