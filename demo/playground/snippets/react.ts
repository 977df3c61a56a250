import type { Choices } from '../choices.js';
import { componentOf } from './component.js';
import { literal } from './literal.js';
import type { Snippet } from './snippet.js';

export const react: Snippet = {
  title: 'React',
  text: textOf,
  note: () => 'React 18 and 19: npm install pay-checkout @lit/react',
};

function textOf(choices: Choices): string {
  const { takesOrder, attributes, config, done } = componentOf(choices);
  const [tell, hear] =
    done === 'paid' ? ['onPaid', "({ state }) => state.outcome === 'paid' && onPaid()"] : ['onReceived', '() => onReceived()'];
  const props = [
    ...attributes.map(([name, value]) => `${camelCase(name)}=${name === 'order' ? '{order}' : valueOf(value)}`),
    ...(config ? [`config={${literal(config, '      ')}}`] : []),
    `onPaySucceeded={${hear}}`,
    'onPayFailed={({ state }) => console.error(state.error.code, state.error.reason)}',
  ];
  return [
    "import { PayCheckout } from 'pay-checkout/react';",
    '',
    takesOrder
      ? `export function Checkout({ order, ${tell} }: { order: string; ${tell}: () => void }) {`
      : `export function Checkout({ ${tell} }: { ${tell}: () => void }) {`,
    '  return (',
    '    <PayCheckout',
    ...props.map((prop) => `      ${prop}`),
    '    />',
    '  );',
    '}',
  ].join('\n');
}

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Uses quotes if JSX reads the same value from them. */
const valueOf = (value: string) => (/^[\w./:-]*$/.test(value) ? `"${value}"` : `{${literal(value)}}`);
