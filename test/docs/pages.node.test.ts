import { afterEach, describe, expect, it } from 'vitest';
import { extract, type Snippets } from './snippets.js';

let snippets: Snippets;
afterEach(() => snippets.remove());

describe('the pages of docs/', () => {
  it.each(['backend', 'events', 'frameworks', 'scaling', 'testing'])('%s.md has snippets that compile', (name) => {
    snippets = extract(`docs/${name}.md`);
    expect(snippets.names).not.toEqual([]);
    expect(snippets.complaints()).toEqual([]);
  });
});
