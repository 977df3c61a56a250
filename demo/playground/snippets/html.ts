import { version } from '../../../src/shared/version.js';
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
  note: ({ provider, fallback }) =>
    `integrity is the hash of this very file; the package has it in ${file}.sri. ${fallback ? '' : smallerFile(provider)}Colours, corners and font are under CSS.`,
};

const smallerFile = (provider: string) =>
  `A page with ${provider} alone may load the smaller pay-checkout-${provider}.min.js, with the hash of that file. `;

function textOf(choices: Choices): string {
  const pairs = Object.entries(attributesOf(choices)).flatMap(([name, value]) =>
    value === undefined ? [] : `  ${attribute(name, value)}`,
  );
  return [script, '', '<pay-checkout', ...pairs, '></pay-checkout>'].join('\n');
}
