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

describe('CheckoutError', () => {
  it('sends the shopper to the shop exactly where another try cannot help', () => {
    for (const error of everyError) expect(sendsToShop.test(textFor(error)), `${error.code} / ${error.reason}`).to.equal(!error.retryable);
  });

  it('never tells the shopper to try again on a misconfigured page', () => {
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

  it('sends the shopper to the shop where the endpoint says that another try cannot help', () => {
    for (const reason of ['http', 'timeout', 'unreachable'] as const) {
      const error = new CheckoutError('endpoint', reason, 'A sentence.', { retryable: false });
      expect(error.retryable, reason).to.equal(false);
      expect(textFor(error), reason).to.match(sendsToShop);
    }
  });

  it('shows neither its sentence nor its cause in JSON', () => {
    const error = new CheckoutError('token', 'provider', 'A sentence.', { cause: new Error('because') });
    expect(JSON.parse(JSON.stringify(error))).to.deep.equal({ name: 'CheckoutError', code: 'token', reason: 'provider', retryable: true });
  });

  it('of an adapter that pairs what does not belong together is retryable, unless the page itself is wrong', () => {
    expect(findFailure('asset', 'session')).to.deep.equal({ retryable: true, text: 'unreachable' });
    expect(findFailure('config', undefined)).to.deep.equal({ retryable: false, text: 'misconfigured' });
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
  for (const [kind, thrown] of kinds) it(`is called ${kind}`, () => expect(getErrorName(thrown)).to.equal(kind));
});
