import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pages } from './fragments.js';

it.each([...pages, 'CHANGELOG.md', 'bench/results.md'])('%s names who acts instead of using an indefinite pronoun', (page) => {
  expect(readFileSync(page, 'utf8').match(/\b(?:nobody|somebody|whoever|anybody)\b/gi)).toBeNull();
});
