import { expect } from '@open-wc/testing';
import { restore, stub, type SinonStub } from 'sinon';
import { create } from '../support/element.js';
import { registerMadeUp } from '../support/made-up.js';
import { insertElement } from './insert-element.js';

let warned: SinonStub;
beforeEach(() => (warned = stub(console, 'warn')));
afterEach(restore);

/** Inserts an element with these attributes, and returns the warnings. */
async function warningsOf(attributes: Record<string, string>): Promise<string[]> {
  const madeUp = registerMadeUp();
  const element = create({ provider: madeUp.name });
  for (const [name, value] of Object.entries({ 'outcome-endpoint': '/outcome', ...attributes })) element.setAttribute(name, value);
  await insertElement(element);
  await madeUp.opened(1);
  return warned.args.flat() as string[];
}

describe('<pay-checkout> on a page with a mistake', () => {
  for (const [name, meant] of [
    ['token_endpoint', 'token-endpoint'],
    ['outcomeendpoint', 'outcome-endpoint'],
    ['enviroment', 'environment'],
    ['loadng', 'loading'],
    ['ordering-customers', undefined],
    ['orders', 'order'],
    ['tokne-endpoint', 'token-endpoint'],
  ] as const) {
    it(`${meant ? 'warns of' : 'accepts'} the attribute ${name}`, async () => {
      const warnings = await warningsOf({ [name]: 'x' });
      if (!meant) return expect(warnings).to.deep.equal([]);
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.contain(`there is no attribute \`${name}\`: is \`${meant}\` meant? (unknown-attribute: https://`);
    });
  }

  it("accepts the attributes of HTML and of the page's frameworks", async () => {
    const names = ['id', 'class', 'style', 'lang', 'dir', 'slot', 'hidden', 'title', 'part', 'role', 'nonce', 'inert', 'tabindex'];
    const framework = ['data-order', 'aria-label', 'wire:ignore', 'hx-preserve', 'x-data', 'v-cloak', '_ngcontent-abc-1', 'onclick'];
    const attributes = Object.fromEntries([...names, ...framework].filter((name) => name !== 'hidden').map((name) => [name, '']));
    expect(await warningsOf(attributes)).to.deep.equal([]);
  });

  it('warns of a locale without texts, and names those that have some', async () => {
    const [warning] = await warningsOf({ locale: 'qu-PE' });
    expect(warning).to.contain('`locale` should be es, en or pt, with or without a region. (unknown-locale: ');
    warned.resetHistory();
    expect(await warningsOf({ locale: 'pt-BR' })).to.deep.equal([]);
  });

  it('warns once that no backend confirms payments without `outcome-endpoint`', async () => {
    const [warning] = await warningsOf({ 'outcome-endpoint': '' });
    expect(warning).to.contain('no backend confirms a payment. (no-outcome-endpoint: ');
    warned.resetHistory();
    expect(await warningsOf({ 'outcome-endpoint': '' })).to.deep.equal([]);
  });

  it('warns of a key in `config` that the provider drops', async () => {
    const madeUp = registerMadeUp({ config: { safeParse: () => ({ success: true, data: { known: 1 } }) } });
    const element = create({ provider: madeUp.name, outcomeEndpoint: '/outcome', config: { known: 1, unkown: 'S3CR3T' } });
    await insertElement(element);
    await madeUp.opened(1);
    expect(warned.args.flat().join()).to.contain('`config` has keys that the provider does not know: unkown.').and.not.contain('S3CR3T');
  });
});
