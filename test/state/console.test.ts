import { expect } from '@open-wc/testing';
import { restore, stub } from 'sinon';
import { logError, warnOnce } from '../../src/state/console.js';
import { CheckoutError } from '../../src/state/errors.js';
import { version } from '../../src/shared/version.js';

const address = `https://unpkg.com/pay-checkout@${version}/docs/failures.md`;

describe('logError', () => {
  afterEach(restore);

  it('ends the line with the code, the reason and the address of their entry', () => {
    const warned = stub(console, 'warn');
    logError(new CheckoutError('endpoint', 'http', 'The endpoint answered 500.'));
    expect(warned.args).to.deep.equal([[`pay-checkout: The endpoint answered 500. (endpoint/http: ${address}#endpoint)`]]);
  });

  it('logs an outcome endpoint that failed as an error, because a payment waits for it', () => {
    const logged = stub(console, 'error');
    logError(new CheckoutError('outcome', 'http', 'The endpoint answered 500.'));
    expect(logged.args).to.deep.equal([[`pay-checkout: The endpoint answered 500. (outcome/http: ${address}#outcome)`]]);
  });

  it('names only the code of an error without a reason', () => {
    const warned = stub(console, 'warn');
    logError(new CheckoutError('declined', undefined, 'Declined.'));
    expect(warned.args).to.deep.equal([[`pay-checkout: Declined. (declined: ${address}#declined)`]]);
  });

  it('ignores a console that throws', () => {
    stub(console, 'warn').throws(new TypeError('silenced'));
    expect(() => logError(new CheckoutError('declined', undefined, 'Declined.'))).to.not.throw();
  });
});

describe('warnOnce', () => {
  afterEach(restore);

  it('warns of the same mistake once, and of another one too', () => {
    const warned = stub(console, 'warn');
    for (const name of ['provder', 'provder', 'ordr']) warnOnce('unknown-attribute', `There is no attribute ${name}.`);
    expect(warned.args.flat()).to.deep.equal(
      ['provder', 'ordr'].map((name) => `pay-checkout: There is no attribute ${name}. (unknown-attribute: ${address}#warnings)`),
    );
  });
});
