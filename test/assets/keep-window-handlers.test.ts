import { expect } from '@open-wc/testing';
import { loadAssets } from '../../src/assets/load-assets.js';
import { Hostile } from '../support/hostile.js';

const options = { nonce: '', signal: new AbortController().signal };

describe('keepWindowHandlers', () => {
  const before = Object.getOwnPropertyDescriptor(window, 'onload');
  let handler: () => void;

  beforeEach(() => {
    handler = () => {};
    window.onload = handler;
  });
  afterEach(() => {
    window.onload = null;
  });

  /** Creates the URL of a script that sets `window.onload` to null when it is evaluated, as Izipay's does. */
  function createScript(name: string): string {
    const text = `window.onload = null; window.${name} = { evaluated: true };`;
    return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  }

  it('keeps a handler that the script removes', async () => {
    const script = { url: createScript('keepOne'), keeps: ['onload'] };
    expect(await loadAssets({ global: 'keepOne', script }, options)).to.deep.equal({ evaluated: true });
    expect(window.onload).to.equal(handler);
  });

  it('lets the script remove a handler that is not listed', async () => {
    await loadAssets({ global: 'keepTwo', script: { url: createScript('keepTwo') } }, options);
    expect(window.onload).to.equal(null);
  });

  it('lets the page change the handler while the script loads', async () => {
    const loading = loadAssets({ global: 'keepThree', script: { url: createScript('keepThree'), keeps: ['onload'] } }, options);
    const other = () => {};
    window.onload = other;
    await loading;
    expect(window.onload).to.equal(other);
  });

  it('restores the property of window after the script has loaded or failed', async () => {
    await loadAssets({ global: 'keepFour', script: { url: createScript('keepFour'), keeps: ['onload'] } }, options);
    expect(Object.getOwnPropertyDescriptor(window, 'onload')).to.deep.equal(before);
    const { name, url } = new Hostile('no-global');
    const failed = await loadAssets({ global: name, script: { url, keeps: ['onload'] } }, options).catch((error: unknown) => error);
    expect(failed).to.have.property('reason', 'missing-global');
    expect(Object.getOwnPropertyDescriptor(window, 'onload')).to.deep.equal(before);
    expect(window.onload).to.equal(handler);
  });

  it('ignores a handler that window does not have', async () => {
    const script = { url: createScript('keepFive'), keeps: ['onnothing'] };
    await loadAssets({ global: 'keepFive', script }, options);
    expect('onnothing' in window).to.equal(false);
  });
});
