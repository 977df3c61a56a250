import { expect } from '@open-wc/testing';
import { brandAssets } from '../../../../src/providers/micuentaweb/brands.js';
import { micuentaweb } from '../../../../src/providers/micuentaweb/browser/adapter.js';
import { publicKey } from './fake-krypton.js';

const parse = (answer: unknown) => micuentaweb.token.safeParse(answer);

describe('the token of micuentaweb', () => {
  it('is read from the canonical answer', () => {
    const answer = { token: 'form-token', expiresIn: 880, config: { publicKey } };
    expect(parse(answer)).to.have.property('success', true);
    expect(parse(answer)).to.have.property('data').that.includes({ token: 'form-token', expiresIn: 880 });
  });

  it("is read from Lyra's own answer, with the config that an endpoint adds", () => {
    const answer = { status: 'SUCCESS', answer: { formToken: 'form-token', _type: 'V4/Charge/PaymentForm' }, version: 'V4' };
    expect(parse(answer)).to.deep.equal({ success: true, data: { token: 'form-token' } });
    expect(parse({ ...answer, config: { publicKey } })).to.deep.equal({
      success: true,
      data: { token: 'form-token', config: { publicKey } },
    });
  });

  it('is refused in the words of Lyra, which answers failures with status 200', () => {
    const answer = { status: 'ERROR', answer: { errorCode: 'INT_905', errorMessage: 'invalid credentials' } };
    expect(parse(answer)).to.deep.equal({ success: true, data: { refusal: 'INT_905: invalid credentials' } });
    expect(parse({ status: 'ERROR', answer: { formToken: 'form-token', errorCode: 'INT_905' } })).to.deep.equal({
      success: true,
      data: { refusal: 'INT_905' },
    });
    expect(parse({ status: 'SUCCESS', answer: {} })).to.deep.equal({ success: true, data: { refusal: 'The answer holds no token.' } });
  });

  it('is not read from an answer of another shape', () => {
    for (const answer of [{}, { status: 'SUCCESS' }, null, 'form-token']) expect(parse(answer)).to.have.property('success', false);
  });

  it('ages for 15 minutes, also while the form is open', () => {
    expect(micuentaweb).to.include({ lifetime: 900, agesWhileOpen: true });
  });

  it('needs a public key of the form that Lyra gives', () => {
    const isValid = (config: unknown) => micuentaweb.config.safeParse(config).success;
    for (const key of [publicKey, '89289758:publickey_A']) expect(isValid({ publicKey: key })).to.equal(true);
    for (const key of [undefined, '', 'testpublickey_A', '89289758:testpassword_A', 7]) expect(isValid({ publicKey: key })).to.equal(false);
    expect([isValid({ publicKey, form: 'smart' }), isValid({ publicKey, form: 'other' })]).to.deep.equal([true, false]);
  });

  it('has the same script and the same origin in both environments', () => {
    const { sandbox, production } = micuentaweb.assets;
    expect(sandbox).to.deep.equal(production);
    expect(sandbox!.script!.url).to.match(/^https:\/\/static\.micuentaweb\.pe\//);
    expect(sandbox!.origins).to.deep.equal(['https://static.micuentaweb.pe']);
  });

  it('belongs to the host of its brand', () => {
    const { origins, script } = brandAssets.payzen.production;
    expect(origins).to.deep.equal(['https://static.payzen.eu']);
    expect(script!.url).to.match(/^https:\/\/static\.payzen\.eu\//);
  });
});
