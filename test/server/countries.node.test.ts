import { describe, expect, it } from 'vitest';
import { readCountry } from '../../src/server/countries.js';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

describe('readCountry', () => {
  it.each([
    ['PE', 'PE', 'PER'],
    ['pe', 'PE', 'PER'],
    [' Pe. ', 'PE', 'PER'],
    ['per', 'PE', 'PER'],
    ['Peru', 'PE', 'PER'],
    ['PERÚ', 'PE', 'PER'],
    ['Estados Unidos', 'US', 'USA'],
    ['United States', 'US', 'USA'],
    ['EE. UU.', 'US', 'USA'],
    ['Brasil', 'BR', 'BRA'],
    ['Brazil', 'BR', 'BRA'],
    ['Alemanha', 'DE', 'DEU'],
    ['República Dominicana', 'DO', 'DOM'],
    ['UK', 'GB', 'GBR'],
    ['RU', 'RU', 'RUS'],
  ])('reads %s as %s and %s', (typed, alpha2, alpha3) => {
    expect(readCountry(typed)).toEqual({ alpha2, alpha3 });
  });

  it.each([undefined, '', '🇵🇪', 'XX', 'ZZZ', 'Perulandia', '51'])('does not know %s', (typed) => {
    expect(readCountry(typed)).toBeUndefined();
  });

  it('knows the 249 countries of ISO 3166-1, each with its own three letters', () => {
    const codes = letters.flatMap((one) => letters.map((other) => one + other));
    const known = codes.flatMap((code) => readCountry(code) ?? []);
    const own = known.filter(({ alpha2 }) => codes.includes(alpha2));
    expect(new Set(own.map(({ alpha2 }) => alpha2)).size).toBe(249);
    expect(new Set(own.map(({ alpha3 }) => alpha3)).size).toBe(249);
    for (const country of own) {
      expect(readCountry(country.alpha3)).toBe(country);
      expect(names.of(country.alpha2)).toBeTypeOf('string');
    }
  });
});
