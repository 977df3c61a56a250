import type { Choices } from '../choices.js';
import { componentOf } from './component.js';
import { literal } from './literal.js';
import { attribute } from './markup.js';
import type { Snippet } from './snippet.js';

export const vue: Snippet = {
  title: 'Vue',
  text: textOf,
  note: () => "npm install pay-checkout, and tell Vue's compiler: isCustomElement: (tag) => tag === 'pay-checkout'",
};

function textOf(choices: Choices): string {
  const { takesOrder, attributes, config, done } = componentOf(choices);
  const emits = `emit('${done}')`;
  const pairs = [
    ...attributes.map(([name, value]) => (name === 'order' ? ':order="order"' : attribute(name, value))),
    ...(config ? [`:config="${inTemplate(literal(config, '    '))}"`] : []),
    `@pay-succeeded="${done === 'paid' ? `({ state }) => state.outcome === 'paid' && ${emits}` : emits}"`,
    '@pay-failed="({ state }) => console.error(state.error.code, state.error.reason)"',
  ];
  return [
    '<script setup lang="ts">',
    "import 'pay-checkout';",
    "import type {} from 'pay-checkout/vue';",
    '',
    ...(takesOrder ? ['defineProps<{ order: string }>();'] : []),
    `const emit = defineEmits<{ ${done}: [] }>();`,
    '</script>',
    '',
    '<template>',
    '  <pay-checkout',
    ...pairs.map((pair) => `    ${pair}`),
    '  ></pay-checkout>',
    '</template>',
  ].join('\n');
}

/**
 * Escapes both characters as in a JavaScript string, which is the only place where they occur. Expressions in a template take no
 * entities.
 */
const inTemplate = (code: string) => code.replaceAll('"', '\\x22').replaceAll('&', '\\x26');
