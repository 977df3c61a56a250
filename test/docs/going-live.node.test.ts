import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const items = readFileSync('docs/going-live.md', 'utf8').match(/^- .+/gm) ?? [];
const textOf = (item: string) => item.slice(0, item.lastIndexOf(': ['));

describe('docs/going-live.md', () => {
  it.each(items)('has a box, one sentence and the link that explains it: %s', (item) => {
    expect(item).toMatch(/^- \[ \] [^[]+: \[.+\]\([^)]+\)\.$/);
    expect(textOf(item)).not.toContain('. ');
    expect(textOf(item).split(' ').length - 3).toBeLessThanOrEqual(25);
  });
});
