import { expect } from '@open-wc/testing';
import {
  CheckoutError,
  findFailure,
  failures,
  isCheckoutError,
  getErrorName,
  selectText,
  type ErrorCode,
  type ErrorReason,
} from '../../src/state/errors.js';
import { en } from '../../src/messages/en.js';

/** One error for each code and reason that exists. */
const everyError = Object.entries(failures).flatMap(([code, reasons]) =>
  Object.keys(reasons).map(
    (reason) => new CheckoutError(code as ErrorCode, (reason || undefined) as ErrorReason | undefined, 'A sentence.'),
  ),
);

const textFor = (error: CheckoutError) => en[selectText(error)];
const sendsToShop = /contact the shop/;

const cannotHavePaid = ({ code, reason }: CheckoutError) => code !== 'outcome' && reason !== 'removed';

describe('CheckoutError', () => {
  it('tells the shopper to contact the shop exactly if a retry cannot help', () => {
    for (const error of everyError.filter(cannotHavePaid))
      expect(sendsToShop.test(textFor(error)), `${error.code} / ${error.reason}`).to.equal(!error.retryable);
  });

  it('tells a shopper whose payment is not confirmed that it is registered', () => {
    for (const error of everyError.filter(({ code }) => code === 'outcome')) expect(selectText(error), error.reason).to.equal('pending');
  });

  it('tells a shopper whose form the page removed not to pay twice', () => {
    expect(textFor(new CheckoutError('provider', 'removed', 'A sentence.'))).to.contain('do not pay again');
  });

  it('never suggests a retry on a misconfigured page', () => {
    // The shopper can close the other form on the page, so `already-open` is not final.
    for (const error of everyError.filter(({ code, reason }) => code === 'config' && reason !== 'already-open')) {
      expect([error.retryable, selectText(error)], error.reason).to.deep.equal([false, 'misconfigured']);
    }
  });

  it('lets the shopper try again after a declined card', () => {
    const error = new CheckoutError('declined', undefined, 'A sentence.');
    expect(error.retryable).to.equal(true);
    expect(textFor(error)).to.match(/^The payment was not approved\. Try another card/);
  });

  it('tells the shopper that a returned payment can be made again', () => {
    const error = new CheckoutError('declined', 'returned', 'A sentence.');
    expect(error.retryable).to.equal(true);
    expect(textFor(error)).to.match(/was returned\. You can pay this order again/);
  });

  it('tells the shopper to contact the shop if the endpoint reports that a retry cannot help', () => {
    for (const reason of ['http', 'timeout', 'unreachable'] as const) {
      const error = new CheckoutError('endpoint', reason, 'A sentence.', { retryable: false });
      expect(error.retryable, reason).to.equal(false);
      expect(textFor(error), reason).to.match(sendsToShop);
    }
  });

  it('contains neither its message nor its cause in JSON', () => {
    const error = new CheckoutError('token', 'provider', 'A sentence.', { cause: new Error('because') });
    expect(JSON.parse(JSON.stringify(error))).to.deep.equal({ name: 'CheckoutError', code: 'token', reason: 'provider', retryable: true });
  });

  it('is retryable for an unknown pair of code and reason, except for `config`', () => {
    expect(findFailure('asset', 'session')).to.deep.equal({ retryable: true, text: 'unreachable' });
    expect(findFailure('config', undefined)).to.deep.equal({ retryable: false, text: 'misconfigured' });
  });
});

describe('isCheckoutError', () => {
  it('accepts an error of another build of this package by its name', () => {
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
    it(`rejects ${JSON.stringify(thrown)}`, () => expect(isCheckoutError(thrown)).to.be.false);
  }
});

describe('getErrorName', () => {
  const names: [string, unknown][] = [
    ['TypeError', new TypeError('tok')],
    ['value', 'tok'],
    ['value', Object.assign(new Error('tok'), { name: 'tok with blanks' })],
  ];
  for (const [name, thrown] of names) it(`returns ${name}`, () => expect(getErrorName(thrown)).to.equal(name));
});
