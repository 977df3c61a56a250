import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { providerNames, providers } from '../../demo/providers/index.js';
import { buildCardsPage, cardsPage, readCards } from './tables.js';

describe('docs/test-cards.md', () => {
  it('is up to date; otherwise run `npm run docs`', async () => {
    expect(readFileSync(cardsPage, 'utf8')).toBe(await buildCardsPage());
  });

  it.each(providerNames)('has each card of %s, with what the provider does', (name) => {
    const numbers = Object.values(providers[name].cards).map(({ number }) => number);
    expect(readCards(name).map(({ number }) => number)).toEqual(numbers);
  });
});
