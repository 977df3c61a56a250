import { describe, expect, it } from 'vitest';
import { isQuotable } from '../../src/shared/is-quotable.js';

describe('isQuotable', () => {
  for (const value of [
    '021',
    'COMMUNICATION_ERROR',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'order.dateTimeTransaction',
    'items[0]',
    '#cvv',
    'application/problem+json',
  ]) {
    it(`accepts ${value}`, () => expect(isQuotable(value)).toBe(true));
  }

  for (const [what, value] of Object.entries({
    'an empty string': '',
    prose: 'The key is wrong.',
    markup: '<b>',
    'two lines': 'one\ntwo',
    'a line break at the end': 'one\n',
    'a JWT': 'eyJh.eyJl.c2ln',
    'a UUID': '4e2bd2ef-8f54-4f5c-9d3e-6a0f4d3c8a11',
    'a card number': '4111111111111111',
    'a number': 7,
    nothing: undefined,
  })) {
    it(`refuses ${what}`, () => expect(isQuotable(value)).toBe(false));
  }
});
