import { expect } from '@open-wc/testing';
import { stub } from 'sinon';
import { ready } from '../support/element.js';
import { registerMadeUp } from '../support/made-up.js';

const isWarning = ([line]: unknown[]) => String(line).includes('</pay-checkout>');

describe('elements inside the tag without `slot`', () => {
  it('warn the developer of a tag that is not closed, and diagnose() reports them', async () => {
    const warn = stub(console, 'warn');
    try {
      const element = await ready(registerMadeUp());
      element.append(document.createElement('noscript'), Object.assign(document.createElement('p'), { slot: 'failed' }));
      const isHint = (hint: string) => hint.includes('</pay-checkout>');
      expect(element.diagnose().hints.some(isHint)).to.equal(false);
      element.append(document.createElement('footer'));
      expect(element.diagnose().hints.some(isHint)).to.equal(true);
      expect(warn.args.filter(isWarning)).to.have.length(1);
    } finally {
      warn.restore();
    }
  });
});
