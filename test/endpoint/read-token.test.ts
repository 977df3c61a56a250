import { expect } from '@open-wc/testing';
import { readSettledAnswer } from '../../src/endpoint/read-token.js';
import { failure, secret } from '../support/endpoint.js';

const outcomes = ['paid', 'authorized', 'saved', 'pending'];

describe('readSettledAnswer', () => {
  for (const outcome of outcomes) {
    it(`reads ${outcome}, also inside \`data\` and beside unknown keys`, () => {
      for (const json of [{ outcome }, { outcome, id: 7 }, { data: { outcome } }, { outcome: null, data: { outcome } }]) {
        expect(readSettledAnswer(json)).to.deep.equal({ outcome });
      }
    });

    it(`prefers ${outcome} to a token in the same response`, () => {
      for (const token of [{ token: secret }, { sessionToken: secret }, { data: { token: secret } }]) {
        expect(readSettledAnswer({ outcome, ...token })).to.deep.equal({ outcome });
      }
      expect(readSettledAnswer({ data: { outcome, token: secret } })).to.deep.equal({ outcome });
    });
  }

  it('reads frozen instructions, and drops those that are not strings', () => {
    const instructions = { cip: '123456', expiresAt: '2026-05-04T12:00:00-05:00' };
    const answer = readSettledAnswer({ outcome: 'pending', instructions: { ...instructions, qrImage: null, cipUrl: 7 } });
    expect(answer).to.deep.equal({ outcome: 'pending', instructions });
    expect(answer!.instructions).to.be.frozen;
    expect(readSettledAnswer({ outcome: 'paid', instructions: secret })).to.deep.equal({ outcome: 'paid' });
  });

  const withoutOutcome: [string, unknown][] = [
    ['a token', { token: secret }],
    ['a token beside `outcome: null`', { token: secret, outcome: null }],
    ['a token beside another `data`', { token: secret, data: { outcome: 'paid' } }],
    ['an outcome in a list', [{ outcome: 'paid' }]],
    ['an outcome deeper in the JSON', { data: { order: { outcome: 'paid' } } }],
    ...[null, undefined, 'paid', 7, true, {}].map((json): [string, unknown] => [JSON.stringify(json) ?? 'nothing', json]),
  ];
  for (const [name, json] of withoutOutcome) {
    it(`returns undefined for ${name}`, () => expect(readSettledAnswer(json)).to.equal(undefined));
  }

  for (const outcome of ['declined', 'refunded', 'PAID', 'paid ', '', secret, 7, false, ['paid'], { outcome: 'paid' }]) {
    it(`throws \`token\` / \`shape\` for the outcome ${JSON.stringify(outcome)}, also beside a token`, async () => {
      for (const json of [{ outcome }, { data: { outcome } }, { outcome, token: secret }]) {
        const error = await failure(Promise.resolve().then(() => readSettledAnswer(json)));
        expect(error).to.include({ code: 'token', reason: 'shape', retryable: false });
        expect(error.message).to.match(/^The token endpoint's answer: `outcome` should be paid, authorized, saved or pending, but was \w/);
      }
    });
  }
});
