import type { Choices } from '../choices.js';
import { colorSchemeOf, lookOf } from '../look.js';
import type { Snippet } from './snippet.js';

export const css: Snippet = {
  title: 'CSS',
  text: textOf,
  note: () => 'For your own style sheet. The second rule keeps the page from jumping when the script arrives.',
};

function textOf(choices: Choices): string {
  const chosen = lookOf(choices).filter(([, value]) => value);
  const height = choices.loading === 'manual' ? '3.875rem; /* its button */' : 'var(--pay-checkout-min-height, 42rem);';
  return [
    'pay-checkout {',
    ...[['color-scheme', colorSchemeOf(choices)], ...chosen].map(([property, value]) => `  ${property}: ${value};`),
    '}',
    '',
    'pay-checkout:not(:defined) {',
    '  display: block;',
    `  min-block-size: ${height}`,
    '}',
  ].join('\n');
}
