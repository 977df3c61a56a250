import { expect } from '@open-wc/testing';
import {
  CheckoutError,
  failureOf,
  failures,
  isCheckoutError,
  kindOfError,
  textOf,
  type ErrorCode,
  type ErrorReason,
} from '../src/errors.js';
import { en } from '../src/messages/en.js';

type Row = [ErrorCode, ErrorReason | undefined, retryable: boolean, text: keyof typeof en];

/** The design's table, and what a shopper reads. */
const table: Row[] = [
  ['config', 'attribute', false, 'misconfigured'],
  ['config', 'unknown-provider', false, 'misconfigured'],
  ['config', 'environment', false, 'misconfigured'],
  ['config', 'already-open', true, 'alreadyOpen'],
  ['config', 'environment-conflict', false, 'misconfigured'],
  ['config', 'provider-config', false, 'misconfigured'],
  ['endpoint', 'offline', true, 'offline'],
  ['endpoint', 'timeout', true, 'unreachable'],
  ['endpoint', 'unreachable', true, 'unreachable'],
  ['endpoint', 'http', true, 'unreachable'],
  ['token', 'refused', false, 'refused'],
  ['token', 'shape', false, 'misconfigured'],
  ['token', 'mismatch', false, 'misconfigured'],
  ['token', 'stale', true, 'unreachable'],
  ['token', 'provider', true, 'unreachable'],
  ['asset', 'offline', true, 'offline'],
  ['asset', 'timeout', true, 'unreachable'],
  ['asset', 'blocked', false, 'misconfigured'],
  ['asset', 'missing-global', true, 'unreachable'],
  ['asset', 'integrity', false, 'misconfigured'],
  ['asset', 'http', true, 'unreachable'],
  ['asset', 'unreachable', true, 'blocked'],
  ['provider', 'threw', true, 'unreachable'],
  ['provider', 'timeout', true, 'unreachable'],
  ['provider', 'blocked', false, 'misconfigured'],
  ['provider', 'session', true, 'unreachable'],
  ['declined', undefined, true, 'declined'],
];

describe('CheckoutError', () => {
  for (const [code, reason, retryable, text] of table) {
    it(`${code} / ${reason ?? 'no reason'} ${retryable ? 'may' : 'will not'} succeed later, and the shopper reads “${text}”`, () => {
      const error = new CheckoutError(code, reason, 'A sentence.');
      expect(error.retryable).to.equal(retryable);
      expect(failureOf(code, reason)).to.deep.equal({ retryable, text });
      expect(en).to.have.property(text).that.is.not.empty;
    });
  }

  it('has no other codes and reasons', () => {
    const known = Object.entries(failures).flatMap(([code, reasons]) => Object.keys(reasons).map((reason) => [code, reason]));
    expect(known).to.deep.equal(table.map(([code, reason]) => [code, reason ?? '']));
  });

  it('is an Error with a name, a code, a reason, a sentence and a cause', () => {
    const cause = new Error('because');
    const error = new CheckoutError('token', 'provider', 'A sentence.', { cause });
    expect(error).to.be.an.instanceof(Error);
    expect(error).to.include({ name: 'CheckoutError', code: 'token', reason: 'provider', message: 'A sentence.', cause });
  });

  it('has no reason and no cause where there is none', () => {
    const error = new CheckoutError('declined', undefined, 'A sentence.');
    expect('reason' in error).to.be.false;
    expect('cause' in error).to.be.false;
  });

  it('shows neither its sentence nor its cause in JSON', () => {
    const error = new CheckoutError('token', 'provider', 'A sentence.', { cause: new Error('because') });
    expect(JSON.parse(JSON.stringify(error))).to.deep.equal({ name: 'CheckoutError', code: 'token', reason: 'provider', retryable: true });
  });

  it('may be retried or not as the endpoint itself said, whatever the table says', () => {
    expect(new CheckoutError('endpoint', 'http', 'A sentence.', { retryable: false }).retryable).to.be.false;
  });

  it('tells nobody to try again where the endpoint itself said that it does not help', () => {
    for (const [code, reason, retryable, text] of table) {
      expect(textOf(new CheckoutError(code, reason, 'A sentence.'))).to.equal(text);
      const final = text === 'unreachable' && retryable ? 'misconfigured' : text;
      expect(textOf(new CheckoutError(code, reason, 'A sentence.', { retryable: false }))).to.equal(final);
    }
  });

  it('of an adapter that pairs what does not belong together is retryable, unless the page itself is wrong', () => {
    expect(failureOf('asset', 'session')).to.deep.equal({ retryable: true, text: 'unreachable' });
    expect(failureOf('config', undefined)).to.deep.equal({ retryable: false, text: 'misconfigured' });
  });
});

describe('what somebody else threw', () => {
  it('is one of ours by its name, even of another build of this package', () => {
    const foreign = Object.assign(new Error('A sentence.'), { name: 'CheckoutError', code: 'declined', retryable: true });
    expect([new CheckoutError('declined', undefined, 'A sentence.'), foreign].every(isCheckoutError)).to.be.true;
  });

  for (const thrown of [
    new Error('a'),
    Object.assign(new Error('a'), { name: 'CheckoutError' }),
    { name: 'CheckoutError', code: 'x' },
    'a',
    null,
  ]) {
    it(`is not one of ours: ${JSON.stringify(thrown)}`, () => expect(isCheckoutError(thrown)).to.be.false);
  }

  const kinds: [string, unknown][] = [
    ['TypeError', new TypeError('tok')],
    ['value', 'tok'],
    ['value', Object.assign(new Error('tok'), { name: 'tok with blanks' })],
  ];
  for (const [kind, thrown] of kinds) it(`is called ${kind}`, () => expect(kindOfError(thrown)).to.equal(kind));
});
