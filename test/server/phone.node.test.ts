import { describe, expect, it } from 'vitest';
import { readPhone } from '../../src/server/phone.js';

const read = (number: string, countryCode?: string, country?: string) =>
  readPhone({ phone: { countryCode, number }, address: { country } });

describe('readPhone', () => {
  it.each([
    ['+51 987-654-321', '987654321'],
    ['+51987654321', '987654321'],
    ['00 51 987 654 321', '987654321'],
    ['0051987654321', '987654321'],
    ['51 987 654 321', '987654321'],
    ['+(51) 987654321', '987654321'],
    ['+51 (0) 987 654 321', '987654321'],
    ['987654321', '987654321'],
    [' 987.654.321 ', '987654321'],
    ['９８７６５４３２１', '987654321'],
    ['Cel: 987654321 (casa)', '987654321'],
    ['987654321 anexo 12', '987654321'],
    ['987654321 ext. 305', '987654321'],
    ['987654321 / 012345678', '987654321'],
    ['987654321, 912345678', '987654321'],
    ['2 / 987654321', '987654321'],
    ['(01) 234 5678', '12345678'],
    ['+51 01 2345678', '12345678'],
    ['5112345678', '12345678'],
    ['51351234', '51351234'],
  ])('reads %s as the Peruvian number %s', (typed, number) => {
    expect(read(typed, '51')).toEqual({ countryCode: '51', number });
  });

  it.each([
    ['+1 (415) 555-2671', '1', '4155552671'],
    ['+44 20 7946 0958', '44', '2079460958'],
    ['+593 99 123 4567', '593', '991234567'],
    ['+7 912 345-67-89', '7', '9123456789'],
  ])('reads the calling code of %s from the number, not from the field', (typed, countryCode, number) => {
    expect(read(typed, '51')).toEqual({ countryCode, number });
  });

  it.each<[string, string | undefined, string | undefined, string | undefined]>([
    ['digits', '+51', undefined, '51'],
    ['digits after zeros', '0051', undefined, '51'],
    ['a country in the place of the code', 'PE', undefined, '51'],
    ['the address', undefined, 'Chile', '56'],
    ['the address, if the code is a word', 'móvil', 'CHL', '56'],
    ['the address, if the code has too many digits', '987654321', 'PE', '51'],
    ['a Peruvian mobile number without any country', undefined, undefined, '51'],
    ['nothing, for a country whose code is not listed', undefined, 'FR', undefined],
  ])('finds the calling code by %s', (_, countryCode, country, expected) => {
    expect(read('987654321', countryCode, country)).toEqual({ countryCode: expected, number: '987654321' });
  });

  it('keeps the digits of a number of another country', () => {
    expect(read('06 1234 5678', '39')).toEqual({ countryCode: '39', number: '0612345678' });
    expect(read('51 98765 4321', '55')).toEqual({ countryCode: '55', number: '51987654321' });
  });

  it('does not guess the country of a number that is not a Peruvian mobile', () => {
    expect(read('2345678')).toEqual({ countryCode: undefined, number: '2345678' });
  });

  it.each(['', 'no tengo', '+', '+51', '00', '1'.repeat(16)])('finds no number in "%s"', (typed) => {
    expect(read(typed, '51')).not.toHaveProperty('number');
  });

  it('finds nothing without a phone', () => {
    expect(readPhone({})).toEqual({});
  });
});
