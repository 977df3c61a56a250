import { describe, expect, it } from 'vitest';
import { createPayEndpoints, type Environment, type PayEndpoints } from '../../src/server.js';
import { providerNames, type ProviderName } from '../../src/testing/providers.js';
import { importOfEachProvider } from '../support/provider-files.js';
import { createSampleProviders } from '../support/shop.js';
import { order } from './fake-payme.js';
import type { Row, SeedRequest } from './seed-request.js';

const modules = await importOfEachProvider<{ seeds: readonly SeedRequest[] }>('seeds');
const merchants = createSampleProviders();

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Requests one token and records the requests to the provider. */
async function recordRequests(provider: ProviderName, environment: Environment) {
  const sent: Sent[] = [];
  const pay: PayEndpoints = createPayEndpoints({
    environment,
    providers: { [provider]: merchants[provider] },
    order: () => order,
    async fetch(url, init) {
      const request = new Request(url, init);
      sent.push({ method: request.method, url: request.url, headers: Object.fromEntries(request.headers), text: await request.text() });
      const seed = modules[provider].seeds.find((one) => Object.values(one.url).includes(url));
      return Response.json(seed?.answer ?? {}, { status: seed ? 200 : 404 });
    },
  });
  const body = JSON.stringify({ provider, environment, order: 'A-1001' });
  const headers = { 'Content-Type': 'application/json' };
  const { status } = await pay.token(new Request('https://shop.example.com/api/pay/token', { method: 'POST', headers, body }));
  return { sent, status };
}

/** Expects each field of the request in the rows, and each required row in the request. */
function expectRows(found: Readonly<Record<string, unknown>>, rows: readonly Row[], environment: Environment): void {
  const names = rows.map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(found)));
  for (const [name, required, value] of rows) {
    if (required === 'NO' && !(name in found)) continue;
    const wanted = typeof value === 'string' || value instanceof RegExp ? value : value[environment];
    expect(found[name], name).toEqual(wanted instanceof RegExp ? expect.stringMatching(wanted) : wanted);
  }
}

const cases = providerNames.flatMap((provider) => merchants[provider].environments.map((environment) => [provider, environment] as const));

describe.each(cases)('%s in %s', (provider, environment) => {
  const rows = modules[provider].seeds;

  it('makes exactly the seed’s calls in order, and accepts its example responses', async () => {
    const { sent, status } = await recordRequests(provider, environment);
    expect(sent.map(({ method, url }) => [method, url])).toEqual(rows.map(({ method, url }) => [method, url[environment]]));
    expect(status).toBe(200);
  });

  it.each(rows.map((table, n) => [table.seed, table, n] as const))('sends %s field by field', async (_, { headers, body }, n) => {
    const { sent } = await recordRequests(provider, environment);
    const { headers: found, text } = sent[n]!;
    expectRows(found, headers, environment);
    if (!body) return expect(text).toBe('');
    expectRows(JSON.parse(text) as Record<string, unknown>, body, environment);
  });
});
