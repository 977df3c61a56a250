import { chosenProvider } from '../../chosen.js';
import { providers } from '../../providers/index.js';
import type { DemoProvider } from '../../providers/provider.js';
import type { ProviderName } from '../../../src/testing/providers.js';
import type { Choices } from '../choices.js';
import type { Snippet } from './snippet.js';

export const backend: Snippet = {
  title: 'Backend',
  text: textOf,
  note: ({ outcome }) =>
    `npm install pay-checkout hono @hono/node-server. It runs wherever there is fetch; orders and visitorOf are yours.${
      outcome === 'on' ? '' : " What was paid, you hear from the provider's notifications alone."
    }`,
};

/** Returns the module, from the credentials to the routes. */
function textOf(choices: Choices): string {
  const { provider, fallback, environment, credentials, outcome } = choices;
  const { variables } = providers[chosenProvider(provider)];
  const confirms = outcome === 'on';
  return [
    "import { serve } from '@hono/node-server';",
    "import { Hono } from 'hono';",
    `import { createPayEndpoints, OrderRefused, ${[provider, fallback].filter(Boolean).join(', ')} } from 'pay-checkout/server';`,
    "import { orders, visitorOf } from './shop.js'; // yours",
    '',
    'const {',
    ...Object.entries(variables).map(([option, variable]) => `  ${variable}: ${option} = '',`),
    '} = process.env;',
    'const pay = createPayEndpoints({',
    `  environment: '${environment}',`,
    ...providersOf(`${provider}: ${provider}({ ${Object.keys(variables).join(', ')} })`, fallback),
    ...(credentials === 'include' ? ["  origins: ['https://shop.example.com'], // that of the page"] : []),
    ...orderOf(providers[chosenProvider(provider)]),
    ...(confirms ? onOutcome : []),
    '  onError: console.error,',
    '});',
    '',
    ...routes(confirms ? ['token', 'outcome'] : ['token']),
  ].join('\n');
}

function providersOf(first: string, fallback: string): string[] {
  if (!fallback) return [`  providers: { ${first} },`];
  return [
    '  providers: {',
    `    ${first},`,
    `    ${fallback}: ${fallback}({ ${optionsOf(chosenProvider(fallback)).join(', ')} }),`,
    '  },',
  ];
}

/** The credentials of the second provider may have the same names as those of the first. */
function optionsOf(provider: ProviderName): string[] {
  return Object.entries(providers[provider].variables).map(([option, variable]) => `${option}: process.env.${variable} ?? ''`);
}

/** The required fields of an order depend on the provider. */
function orderOf({ currency, takesBuyer }: DemoProvider): string[] {
  const buyer = takesBuyer ? ', buyer: found.buyer' : '';
  return [
    '  async order({ order, request }) {',
    '    const found = order === undefined ? undefined : await orders.find(order);',
    '    if (!found || found.visitor !== visitorOf(request)) throw new OrderRefused();',
    '    // The amount is in minor units: 1050 is 10.50.',
    `    return { reference: found.id, amount: found.cents, currency: '${currency}'${buyer}, paid: found.paid };`,
    '  },',
  ];
}

const onOutcome = [
  '  async onOutcome({ outcome, reason, payment, order }) {',
  "    if (outcome === 'paid') await orders.fulfil(order.reference, payment); // once; also stores `payment`",
  "    if (outcome === 'forged') console.error('not the payment of', order.reference, reason);",
  '  },',
];

const routes = (endpoints: string[]) => [
  'const app = new Hono();',
  ...endpoints.map((name) => `app.all('/api/pay/${name}', ({ req }) => pay.${name}(req.raw));`),
  'serve({ fetch: app.fetch, port: 3000 });',
];
