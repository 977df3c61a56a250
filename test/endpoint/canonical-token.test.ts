import { expect } from '@open-wc/testing';
import { canonicalToken } from '../../src/endpoint/canonical-token.js';

const token = 'tok';

describe('the canonical answer', () => {
  const good: [string, object, object?][] = [
    ['a token', { token }],
    ['a sessionToken', { sessionToken: token }, { token }],
    ['a token before a sessionToken', { token, sessionToken: 'another' }, { token }],
    ['seconds', { token, expiresIn: 30 }],
    ['no seconds', { token, expiresIn: 0 }],
    ['seconds as a string', { token, expiresIn: '30' }],
    ['parts of seconds as a string', { token, expiresIn: '29.5' }],
    ['negative seconds as a string', { token, expiresIn: '-1' }],
    ['a date', { token, expiresAt: '2026-05-04T12:00:00Z' }],
    ['a date with an offset', { token, expiresAt: '2026-05-04T12:00:00.123+02:00' }],
    ['environment, provider and config', { token, environment: 'sandbox', provider: 'payme', config: { a: { b: [1] } } }],
    ['keys of its own', { token, id: 7 }, { token }],
  ];
  for (const [fact, answer, read = answer] of good) {
    it(`may have ${fact}`, () => expect(canonicalToken.safeParse(answer)).to.deep.include({ success: true, data: read }));
  }

  const bad: [string, unknown][] = [
    ['null', null],
    ['a string', 'token'],
    ['a list', [{ token }]],
    ['no token', {}],
    ['an empty token', { token: '' }],
    ['an empty sessionToken', { sessionToken: '' }],
    ['a token that is a number', { token: 5 }],
    ['words for seconds', { token, expiresIn: 'soon' }],
    ['an empty string for seconds', { token, expiresIn: '' }],
    ['a list for seconds', { token, expiresIn: [30] }],
    ['seconds without end', { token, expiresIn: Infinity }],
    ['a date that is none', { token, expiresAt: 'tomorrow' }],
    ["a date whose time zone would be the reader's", { token, expiresAt: '2026-11-21T10:00:00' }],
    ['a token that is null', { token: null }],
    ['a date that is a number', { token, expiresAt: 1_777_888_999 }],
    ['an environment that is no string', { token, environment: 1 }],
    ['a provider that is no string', { token, provider: {} }],
    ['a config that is a list', { token, config: [] }],
    ['a config that is a string', { token, config: '{}' }],
  ];
  for (const [fact, answer] of bad) {
    it(`is not ${fact}`, () => expect(canonicalToken.safeParse(answer).success).to.be.false);
  }

  it('takes null for what is left out, as many languages write it', () => {
    const answer = { token, sessionToken: null, expiresIn: null, expiresAt: null, environment: null, provider: null, config: null };
    expect(canonicalToken.safeParse(answer)).to.deep.equal({ success: true, data: { token } });
  });

  it('does not change what it reads', () => {
    const answer = Object.freeze({ sessionToken: token });
    canonicalToken.safeParse(answer);
    expect(answer).to.deep.equal({ sessionToken: token });
  });
});
