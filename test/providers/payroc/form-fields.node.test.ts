import { describe, expect, it } from 'vitest';
import { payrocForm } from '../../../src/providers/payroc/form-fields.js';
import { listProblems, requestConfig, type Config } from '../../support/form-config.js';

const problems = (changed: Config) => listProblems(payrocForm, changed);
const target = { target: '#field' };
const card = { cardNumber: target, cardholderName: target, expiryDate: target, cvv: { ...target, wrapperTarget: false }, submit: target };

describe('the fields of the form of Payroc', () => {
  it('include everything that our own endpoint sends', async () => {
    expect(problems(await requestConfig('payroc'))).toEqual([]);
    expect(problems(await requestConfig('payroc', { save: 'only' }))).toEqual([]);
    expect(problems({ fields: { card }, styles: { css: { input: { color: 'red' } } }, labels: { note: '' }, locale: 'es' })).toEqual([]);
  });

  it.each([
    [{ Mode: 'payment' }, 'wrong `config.Mode` should be `mode`.'],
    [
      { fields: { card: { ...card, cardNumber: undefined, cardnumber: target } } },
      'wrong `config.fields.card.cardnumber` should be `cardNumber`.',
    ],
    [{ fields: { card: { ...card, cvv: undefined } } }, 'wrong `config.fields.card.cvv` should be an object, but was missing.'],
    [{ mode: 'sale' }, 'wrong `config.mode` should be payment or tokenization, but was a different string.'],
    [{ amount: 10.5 }, 'warning `config.amount` should be an integer of minor units, for the price on the button, but was a number.'],
    [
      { currency: '604' },
      'warning `config.currency` should be the three capital letters of ISO 4217, for the price on the button, but was a string.',
    ],
    [{ sessionToken: 'sample' }, 'warning `config.sessionToken` is no option of the form, so it has no effect.'],
  ])('report %j', (config, line) => {
    expect(problems(config)).toEqual([line]);
  });
});
