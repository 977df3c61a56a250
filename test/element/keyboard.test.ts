import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { reaches } from '../support/element.js';
import { part, scene } from '../support/scenes.js';
import { focusedName } from './focused-name.js';

describe('<pay-checkout>', () => {
  describe('used by keyboard', () => {
    it('starts on Enter', async () => {
      const { element } = await scene('idle');
      await sendKeys({ press: 'Tab' });
      expect(focusedName()).to.equal('start');
      await sendKeys({ press: 'Enter' });
      await reaches(element, 'initializing');
    });

    for (const [name, key] of [
      ['failed, declined', 'Enter'],
      ['cancelled', ' '],
      ['expired', 'Enter'],
    ] as const) {
      it(`retries when ${name}`, async () => {
        const shown = await scene(name);
        part(shown, 'retry').focus();
        await sendKeys({ press: key });
        await reaches(shown.element, 'initializing');
        expect(shown.element.state.attempt).to.equal(2);
      });
    }

    for (const name of ['pending', 'failed, for good', 'succeeded, confirmed']) {
      it(`offers no retry when ${name}`, async () => {
        expect(part(await scene(name), 'retry')).to.equal(null);
      });
    }

    for (const scheme of ['light', 'dark']) {
      it(`shows the focus on a ${scheme} page`, async () => {
        const shown = await scene('cancelled', { scheme });
        await sendKeys({ press: 'Tab' });
        expect(focusedName()).to.equal('retry');
        const page = getComputedStyle(shown.element.parentElement!).backgroundColor;
        const ring = getComputedStyle(part(shown, 'retry')).outlineColor;
        expect(contrast(page, ring)).to.be.at.least(3);
      });
    }

    it('keeps the focus out of a form that is not ready', async () => {
      const { element } = await scene('initializing');
      element.querySelector('input')!.focus();
      expect(focusedName()).to.equal('body');
    });
  });
});

/** Returns the contrast that WCAG defines, of two colours in the format of `getComputedStyle`. */
function contrast(...colors: [string, string]): number {
  const [dark, light] = colors.map(luminance).sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const scale = color.startsWith('rgb') ? 255 : 1;
  const linear = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => ((Number(part) / scale + 0.055) / 1.055) ** 2.4);
  const [r = 0, g = 0, b = 0] = linear;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
