import fc from 'fast-check';
import { expect } from 'vitest';
import type { BuyerField, BuyerInput, InputChange, ServerContext, ServerProvider } from '../../src/server.js';
import { EventReporter } from '../../src/server/event-reporter.js';
import { findOrder } from '../../src/server/order.js';
import { RetryBudget } from '../../src/server/retry-budget.js';
import { createRequest, order } from './fake-payme.js';

/** The same cases in every run, unless `FUZZ_SEED` selects others. */
export const fuzzOptions = { seed: Number(process.env.FUZZ_SEED || 20260301), numRuns: 500 };

const oddTexts = [
  ...['', ' ', '\u0000', '\t\r\n', '\ufeff', '\u200b\u200d', '\ud83d', '\udca9x', '\u202egnol', '.', '-', '+', '00', '0051', '+51'],
  ...['🦄', 'Lucía 👩🏽‍🚀', '🇵🇪', '1️⃣', '© ®', 'ℹ️', '|&;$%"#<>()+,', "O'Higgins", 'Ñandú', '李', 'Å', 'e\u0301', 'ﬁ', '١٢٣٤٥٦٧'],
  ...['+51 987-654-321', '(01) 234 5678', '00 51 987654321', '987654321 anexo 12', '98765432x', 'no tengo', '1'.repeat(16)],
  ...['lucia@example.com', 'lucia+tienda@example.com', 'lucia@', 'peru', 'PER', 'Perú', 'XX', 'D.N.I.', '12.345.678', '12345678 - 9'],
  ...[
    '__proto__',
    'constructor',
    '${7*7}',
    "'; DROP TABLE orders; --",
    'á'.repeat(60),
    '🦄'.repeat(60),
    'x '.repeat(5_000),
    '+'.repeat(10_000),
  ],
];

const shortText = fc.oneof(
  fc.constantFrom(...oddTexts),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'0123456789+()-. /xA'), maxLength: 20 }),
);

/** What a shopper may type into any field, and what a merchant's records may hold in its place. */
const shopperText = fc.oneof(
  { weight: 8, arbitrary: shortText },
  { weight: 1, arbitrary: shortText.map((text) => text.repeat(Math.ceil(10_240 / (text.length + 1)))) },
  { weight: 1, arbitrary: fc.oneof(fc.constantFrom(null, undefined, NaN, 1e21, 123n), fc.nat()) },
);

const group = <Key extends string>(...keys: Key[]) => fc.record(Object.fromEntries(keys.map((key) => [key, shopperText])));

/** Any buyer that a shopper can type. */
export const anyBuyer: fc.Arbitrary<BuyerInput> = fc.record({
  firstName: shopperText,
  lastName: shopperText,
  email: shopperText,
  phone: fc.oneof(group('countryCode', 'number'), shopperText),
  address: fc.oneof(group('line1', 'line2', 'city', 'state', 'country', 'postalCode'), fc.constantFrom(null, undefined)),
  document: fc.oneof(group('country', 'type', 'number'), fc.constantFrom(null, undefined)),
});

const changes: readonly InputChange[] = ['normalized', 'shortened', 'omitted', 'filled', 'missing'];

/**
 * Creates a token without the endpoint, whose events contain random digits of their own. Checks that each field is reported at most once.
 *
 * @param answer the provider's response to every call
 */
export async function createConfig(provider: ServerProvider, buyer: BuyerInput, answer: object): Promise<Record<string, unknown>> {
  const scope = {
    reporter: new EventReporter(createRequest({}), 'token'),
    signal: new AbortController().signal,
    retries: new RetryBudget(),
  };
  const reported: BuyerField[] = [];
  const context: Partial<ServerContext> = {
    environment: 'sandbox',
    order: await findOrder(scope, { provider: provider.name, environment: 'sandbox' }, () => ({ ...order, buyer })),
    send: () => Promise.resolve(answer as never),
    withBearer: (_, work) => work('bearer'),
    reportInput(field, change) {
      expect(changes).toContain(change);
      reported.push(field);
    },
  };
  const { config = {} } = await provider.createToken(context as ServerContext);
  expect(new Set(reported).size).toBe(reported.length);
  return config;
}
