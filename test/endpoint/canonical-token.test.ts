import { expect } from '@open-wc/testing';
import { canonicalToken } from '../../src/endpoint/canonical-token.js';

const token = 'tok';

describe('canonicalToken', () => {
  const accepted: [string, object, object?][] = [
    ['a token', { token }],
    ['a sessionToken', { sessionToken: token }, { token }],
    ['a token beside a sessionToken, which it ignores', { token, sessionToken: 'another' }, { token }],
    ['seconds', { token, expiresIn: 30 }],
    ['zero seconds', { token, expiresIn: 0 }],
    ['seconds as a string', { token, expiresIn: '30' }],
    ['fractions of seconds as a string', { token, expiresIn: '29.5' }],
    ['negative seconds as a string', { token, expiresIn: '-1' }],
    ['a date', { token, expiresAt: '2026-05-04T12:00:00Z' }],
    ['a date with an offset', { token, expiresAt: '2026-05-04T12:00:00.123+02:00' }],
    ['environment, provider and config', { token, environment: 'sandbox', provider: 'payme', config: { a: { b: [1] } } }],
    ['unknown keys, which it drops', { token, id: 7 }, { token }],
  ];
  for (const [name, response, read = response] of accepted) {
    it(`accepts ${name}`, () => expect(canonicalToken.safeParse(response)).to.deep.include({ success: true, data: read }));
  }

  const rejected: [string, unknown][] = [
    ['null', null],
    ['a string', 'token'],
    ['a list', [{ token }]],
    ['an empty object', {}],
    ['an empty token', { token: '' }],
    ['an empty sessionToken', { sessionToken: '' }],
    ['a token that is a number', { token: 5 }],
    ['words for seconds', { token, expiresIn: 'soon' }],
    ['an empty string for seconds', { token, expiresIn: '' }],
    ['a list for seconds', { token, expiresIn: [30] }],
    ['infinite seconds', { token, expiresIn: Infinity }],
    ['a word for a date', { token, expiresAt: 'tomorrow' }],
    ['a date without an offset', { token, expiresAt: '2026-11-21T10:00:00' }],
    ['a token that is null', { token: null }],
    ['a date that is a number', { token, expiresAt: 1_777_888_999 }],
    ['an environment that is not a string', { token, environment: 1 }],
    ['a provider that is not a string', { token, provider: {} }],
    ['a config that is a list', { token, config: [] }],
    ['a config that is a string', { token, config: '{}' }],
  ];
  for (const [name, response] of rejected) {
    it(`rejects ${name}`, () => expect(canonicalToken.safeParse(response).success).to.be.false);
  }

  it('treats null as a missing value, because many languages write it so', () => {
    const response = { token, sessionToken: null, expiresIn: null, expiresAt: null, environment: null, provider: null, config: null };
    expect(canonicalToken.safeParse(response)).to.deep.equal({ success: true, data: { token } });
  });

  it('leaves the response unchanged', () => {
    const response = Object.freeze({ sessionToken: token });
    canonicalToken.safeParse(response);
    expect(response).to.deep.equal({ sessionToken: token });
  });
});
