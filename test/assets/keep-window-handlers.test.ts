import { expect } from '@open-wc/testing';
import { loadAssets } from '../../src/assets/load-assets.js';
import { Hostile } from '../support/hostile.js';

const options = { nonce: '', signal: new AbortController().signal };

describe('an event handler of the page that a script would replace', () => {
  const before = Object.getOwnPropertyDescriptor(window, 'onload');
  let handler: () => void;

  beforeEach(() => {
    handler = () => {};
    window.onload = handler;
  });
  afterEach(() => {
    window.onload = null;
  });

  /** A script that says what it found `window.onload` to be, and nulls it, as Izipay's does when it is evaluated. */
  function nulling(name: string): string {
    const text = `window.onload = null; window.${name} = { evaluated: true };`;
    return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  }

  it('stays', async () => {
    const script = { url: nulling('keepOne'), keeps: ['onload'] };
    expect(await loadAssets({ global: 'keepOne', script }, options)).to.deep.equal({ evaluated: true });
    expect(window.onload).to.equal(handler);
  });

  it('goes where nobody asked to keep it', async () => {
    await loadAssets({ global: 'keepTwo', script: { url: nulling('keepTwo') } }, options);
    expect(window.onload).to.equal(null);
  });

  it('may be changed by the page meanwhile', async () => {
    const loading = loadAssets({ global: 'keepThree', script: { url: nulling('keepThree'), keeps: ['onload'] } }, options);
    const other = () => {};
    window.onload = other;
    await loading;
    expect(window.onload).to.equal(other);
  });

  it('is the plain property of window again afterwards, also when the script never came', async () => {
    await loadAssets({ global: 'keepFour', script: { url: nulling('keepFour'), keeps: ['onload'] } }, options);
    expect(Object.getOwnPropertyDescriptor(window, 'onload')).to.deep.equal(before);
    const { name, url } = new Hostile('no-global');
    const failed = await loadAssets({ global: name, script: { url, keeps: ['onload'] } }, options).catch((error: unknown) => error);
    expect(failed).to.have.property('reason', 'missing-global');
    expect(Object.getOwnPropertyDescriptor(window, 'onload')).to.deep.equal(before);
    expect(window.onload).to.equal(handler);
  });

  it('that window does not have is nothing to keep', async () => {
    const script = { url: nulling('keepFive'), keeps: ['onnothing'] };
    await loadAssets({ global: 'keepFive', script }, options);
    expect('onnothing' in window).to.equal(false);
  });
});
