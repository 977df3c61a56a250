import { providerNames, providers } from '../../demo/providers/index.js';
import type { Capability, OperationName, OrderFeature, ServerProvider } from '../../src/server.js';
import { fillPage } from '../support/generated-page.js';
import { table } from '../support/markdown.js';

export const operationsPage = 'docs/operations.md';

/** By operation, in the order of the page: what it does. */
const operations: Readonly<Record<OperationName, string>> = {
  query: '`query`, `settle`',
  cancel: '`cancel`',
  refund: '`refund`',
  capture: '`capture`',
  charge: '`charge`',
};

const orderFeatures: Readonly<Record<OrderFeature, string>> = {
  hold: "`order.capture: 'later'`",
  save: '`order.save: true`',
  saveOnly: "`order.save: 'only'`",
  card: '`order.card`',
};

const createdProviders = providerNames.map((name) => {
  const { title, create, sample } = providers[name];
  return { ...create(sample), title };
});

export function buildOperationsPage(): Promise<string> {
  return fillPage(operationsPage, { support: buildSupport(), words: buildWords() });
}

/** One row for each operation and each wish of an order, one column for each provider. */
function buildSupport(): string {
  const operationRows = namesOf(operations).map((name) => [
    operations[name],
    ...createdProviders.map(({ capabilities }) => capabilities?.[name].support ?? 'no'),
  ]);
  const featureRows = namesOf(orderFeatures).map((name) => [
    orderFeatures[name],
    ...createdProviders.map(({ orderFeatures: has }) => (has?.[name] === true ? 'yes' : 'no')),
  ]);
  return table(['', ...createdProviders.map(({ title }) => title)], [...operationRows, ...featureRows]);
}

/** One section for each provider. */
function buildWords(): string {
  return createdProviders.map((provider) => `### ${provider.title}\n\n${describe(provider)}`).join('\n\n');
}

function describe({ capabilities, orderFeatures: has }: ServerProvider): string {
  const operationRows = namesOf(operations).flatMap((name) => {
    const capability = capabilities?.[name];
    return capability ? [[operations[name], explain(capability)]] : [];
  });
  const featureRows = namesOf(orderFeatures).flatMap((name) => {
    const reason = has?.[name];
    return typeof reason === 'string' ? [[orderFeatures[name], reason]] : [];
  });
  return table(['', 'what it takes, and where the money is'], [...operationRows, ...featureRows]);
}

/**
 * For an operation that is missing, what to do instead. Otherwise its words, and what to do where the payment does not allow it. Without
 * `experimental: true`, the page itself says what to do.
 */
function explain({ support, words, instead = '' }: Capability): string {
  if (support === 'no') return instead || words;
  if (support === 'experimental') return `_Experimental._ ${words}`;
  return [words, words.includes(instead) ? '' : instead].filter(Boolean).join(' ');
}

function namesOf<Name extends string>(record: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(record) as Name[];
}
