import { describe, expect, it } from 'vitest';
import { micuentawebForm } from '../../../src/providers/micuentaweb/form-fields.js';
import { listProblems, type Config } from '../../support/form-config.js';

const config: Config = { publicKey: '89289758:testpublickey_TEST' };
const problems = (changed: Config) => listProblems(micuentawebForm, changed);

describe('the fields of the form of micuentaweb', () => {
  it('accept a public key, a form and options of the library', () => {
    expect(problems(config)).toEqual([]);
    expect(problems({ ...config, form: 'smart', 'kr-placeholder-pan': 'Tarjeta', 'kr-hide-debug-toolbar': false })).toEqual([]);
  });

  it('require the public key', () => {
    expect(problems({})).toEqual([expect.stringMatching(/^wrong `config.publicKey` should be the public key .*, but was missing\.$/)]);
  });

  it.each([
    [
      'publicKey',
      'testpublickey_TEST',
      'be the public key of the shop: its number, a colon, and publickey_ or testpublickey_, but was a different string',
    ],
    ['form', 'popin', 'be cards or smart, but was a different string'],
    ['kr-post-url-success', 'https://shop.example.com', 'be absent: it would leave the page, but was a string'],
    ['kr-get-url-refused', 'https://shop.example.com', 'be absent: it would leave the page, but was a string'],
    ['kr-form-token', 'a', 'be absent: the element sets it, but was a string'],
    ['kr-spa-mode', 'false', 'be absent: the element sets it, but was a string'],
  ])('refuse %s as %j', (key, value, should) => {
    expect(problems({ ...config, [key]: value })).toEqual([`wrong \`config.${key}\` should ${should}.`]);
  });

  it('say what an unknown key does', () => {
    expect(problems({ ...config, merchantCode: '4001834' })).toEqual([
      "warning `config.merchantCode` is no known option of Lyra's library, which ignores what it does not know.",
    ]);
  });

  it('suggest the name of an option that is misspelled', () => {
    expect(problems({ ...config, 'kr-placeholder-pam': 'Tarjeta' })).toEqual([
      'warning `config.kr-placeholder-pam` should probably be `kr-placeholder-pan`.',
    ]);
  });
});
