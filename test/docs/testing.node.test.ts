import { afterAll, describe, expect, it } from 'vitest';
import { extract } from './snippets.js';

const snippets = extract('docs/testing.md');
afterAll(() => snippets.remove());

describe('docs/testing.md', () => {
  it('shows a test of a backend, which runs here', () => expect(snippets.names).toContain('checkout.test.ts'));
});

describe('the test in docs/testing.md', async () => {
  await import(/* @vite-ignore */ snippets.path('checkout.test.ts'));
});
