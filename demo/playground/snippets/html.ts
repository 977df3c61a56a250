import { version } from '../../../src/version.js';
import { attributesOf } from '../attributes.js';
import type { Choices } from '../choices.js';
import { attribute } from './markup.js';
import type { Snippet } from './snippet.js';

const file = 'dist/pay-checkout.min.js';
export const scriptUrl = `https://unpkg.com/pay-checkout@${version}/${file}`;
const script = `<script src="${scriptUrl}" integrity="sha384-…" crossorigin="anonymous" defer></script>`;

export const html: Snippet = {
  title: 'HTML',
  text: textOf,
  note: () => `The hash for integrity stands in ${file}.sri of the package. Colours, corners and font are under CSS.`,
};

function textOf(choices: Choices): string {
  const pairs = Object.entries(attributesOf(choices)).flatMap(([name, value]) =>
    value === undefined ? [] : `  ${attribute(name, value)}`,
  );
  return [script, '', '<pay-checkout', ...pairs, '></pay-checkout>'].join('\n');
}
