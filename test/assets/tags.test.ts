import { expect } from '@open-wc/testing';
import { createHint, createTag } from '../../src/assets/tags.js';

let copies = 0;

/** Imports another copy of the module, as if its own script tag had that nonce. */
async function importWithNonce(nonce: string): Promise<typeof import('../../src/assets/tags.js')> {
  Object.defineProperty(document, 'currentScript', { configurable: true, value: { nonce } });
  const entry = `../../src/assets/tags.ts?copy=${++copies}`;
  const copy = (await import(entry)) as typeof import('../../src/assets/tags.js');
  Reflect.deleteProperty(document, 'currentScript');
  return copy;
}

describe('the nonce of createTag and createHint', () => {
  const tag = { kind: 'script', url: '/a.js' } as const;

  it('is the nonce of the page', () => {
    expect(createTag(tag, 'of-the-page').nonce).to.equal('of-the-page');
  });

  it('is the nonce of our own script tag if the page sets none', async () => {
    const copy = await importWithNonce('of-our-script');
    expect(copy.createTag(tag, '').nonce).to.equal('of-our-script');
    expect(copy.createTag(tag, 'of-the-page').nonce).to.equal('of-the-page');
  });

  it('is also on hints, because a blocked hint would look like a blocked tag', async () => {
    const { createHint } = await importWithNonce('of-our-script');
    expect(createHint(tag).nonce).to.equal('of-our-script');
  });

  it('is empty by default', () => {
    expect(createTag(tag, '').nonce).to.equal('');
    expect(createHint({ kind: 'style', url: '/a.css' }).nonce).to.equal('');
  });
});

describe('the URL of createTag', () => {
  it('is absolute', () => {
    expect(createTag({ kind: 'script', url: '/a.js' }, '')).to.have.property('src', `${location.origin}/a.js`);
    expect(createTag({ kind: 'style', url: 'https://other.example/a.css' }, '')).to.have.property('href', 'https://other.example/a.css');
  });
});
