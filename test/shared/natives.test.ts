import { expect } from '@open-wc/testing';
import { getCleanWindow } from '../../src/shared/natives.js';

describe('getCleanWindow', () => {
  const frames = () => document.querySelectorAll('html > iframe[hidden]');
  afterEach(() => frames().forEach((frame) => frame.remove()));

  it('returns the same window each time', () => {
    expect(getCleanWindow() === getCleanWindow()).to.equal(true);
    expect(frames()).to.have.length(1);
  });

  it('returns another window after the page has removed the frame, as DOM morphing does', () => {
    getCleanWindow();
    frames().forEach((frame) => frame.remove());
    expect(new (getCleanWindow().URL)('b', 'https://a').href).to.equal('https://a/b');
  });
});
