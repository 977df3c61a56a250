import { describe, expect, it } from 'vitest';
import type { PayrocConfig } from '../../../../src/providers/payroc/browser/config.js';
import { getLabels } from '../../../../src/providers/payroc/browser/labels.js';

const read = (locale: string, config: Partial<PayrocConfig> = {}) => getLabels(locale, { mode: 'payment', ...config });
/** Writes each kind of space as a usual one. */
const button = (...given: Parameters<typeof read>) => read(...given).submit.replace(/\s/g, ' ');

describe('getLabels', () => {
  it('returns Spanish for an unsupported or missing language', () => {
    expect(read('fr-CA')).toEqual(read('es'));
    expect(read('')).toEqual(read('es'));
    expect(read('en-US')).not.toEqual(read('es'));
  });

  it.each<[string, Partial<PayrocConfig>, string]>([
    ['en-US', { amount: 4999, currency: 'USD' }, 'Pay $49.99'],
    ['es-PE', { amount: 1050, currency: 'PEN' }, 'Pagar S/ 10.50'],
    ['pt-BR', { amount: 4999, currency: 'CAD' }, 'Pagar CA$ 49,99'],
    ['en', { amount: 4999, currency: 'JPY' }, 'Pay ¥4,999'],
    ['en', { amount: 4999, currency: 'KWD' }, 'Pay KWD 4.999'],
    ['en', { amount: '4999', currency: 'USD' }, 'Pay $49.99'],
  ])('names the price on the button, in %s: %j', (locale, price, expected) => {
    expect(button(locale, price)).toBe(expected);
  });

  it.each<Partial<PayrocConfig>>([
    {},
    { amount: 4999 },
    { currency: 'USD' },
    { amount: 0, currency: 'USD' },
    { amount: -1, currency: 'USD' },
    { amount: null, currency: 'USD' },
    { amount: 'free', currency: 'USD' },
    { amount: 4999, currency: 'dollars' },
    { amount: 4999, currency: null },
  ])('names no price for %j', (price) => {
    expect(button('en', price)).toBe('Pay');
  });

  it('names no price in a locale that is no language tag', () => {
    expect(button('en_US', { amount: 4999, currency: 'USD' })).toBe('Pagar');
  });

  it('names no price on the button of a form that saves a card', () => {
    expect(button('en', { mode: 'tokenization', amount: 4999, currency: 'USD' })).toBe('Save');
  });

  it.each(['pay', 'submit'])('prefers the text of the page in `labels.%s`', (key) => {
    expect(button('en', { amount: 4999, currency: 'USD', labels: { [key]: 'Donate' } })).toBe('Donate');
  });
});
