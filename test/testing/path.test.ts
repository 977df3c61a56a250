import { expect } from '@open-wc/testing';
import { hosts } from '../../src/providers/payme/contract.js';
import { readOwnScript } from '../../src/testing/path.js';

describe('readOwnScript', () => {
  afterEach(() => Reflect.deleteProperty(document, 'currentScript'));

  it('returns the base on the origin of the script, which may be another one than that of the page', () => {
    const src = 'http://127.0.0.1:4010/stand-in/flex.alignet.io/flex-payment-forms.min.js';
    Object.defineProperty(document, 'currentScript', { configurable: true, value: { src } });
    expect(readOwnScript(hosts, 'assets')).to.deep.equal({ src, environment: 'production', base: 'http://127.0.0.1:4010/stand-in/' });
  });
});
