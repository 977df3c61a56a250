import { executeServerCommand, setViewport } from '@web/test-runner-commands';
import { visualDiff } from '@web/test-runner-visual-regression';
import { loadBoxFont } from './support/box-font.js';
import { part, scene, scenes } from './support/scenes.js';

const widths = [320, 640];
const themes = [
  { theme: 'light', scheme: 'light', dir: 'ltr', forced: false },
  { theme: 'dark', scheme: 'dark', dir: 'ltr', forced: false },
  { theme: 'forced colours', scheme: 'light', dir: 'ltr', forced: true },
  { theme: 'right to left', scheme: 'light', dir: 'rtl', forced: false },
];

describe('<pay-checkout> matches its screenshot', () => {
  before(() => loadBoxFont('boxes'));

  for (const { theme, scheme, dir, forced } of themes) {
    for (const width of widths) {
      describe(`${theme}, ${width} px`, () => {
        before(() => Promise.all([setViewport({ width: width + 20, height: 800 }), executeServerCommand('force-colors', forced)]));
        after(() => executeServerCommand('force-colors', false));

        for (const name of scenes) {
          it(name, async () => {
            const rendered = await scene(name, { scheme, dir, width });
            const page = rendered.element.parentElement!;
            page.style.setProperty('font', '16px boxes');
            part(rendered, 'spinner').style.animation = 'none';
            await visualDiff(page, `${theme}-${width}-${name}`.replaceAll(/[ ,]+/g, '-'));
          });
        }
      });
    }
  }
});
