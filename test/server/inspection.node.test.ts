import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { providerNames, providers, type ProviderName } from '../../demo/providers/index.js';
import type { Fetch, PayEndpointsOptions, PayEvent, ServerContext } from '../../src/server.js';
import { createStandIns } from '../../src/testing.js';
import { createRequest, order as paymeOrder, skipDelays } from './fake-payme.js';

/** The real endpoints, without the wrapper of `test/support/overheard.ts`. */
const { createPayEndpoints } = await vi.importActual<typeof import('../../src/server/endpoints.js')>('../../src/server/endpoints.js');

/** What a log of the object could contain: hidden properties, all levels, and what getters return. */
const inspectAll = (value: unknown) => inspect(value, { showHidden: true, depth: Infinity, getters: true, maxStringLength: null });

interface Served {
  readonly objects: unknown[];
  /** The sample credentials, and every bearer and body that the provider received or sent. */
  readonly secrets: Set<string>;
}

/** Serves a token request, and one that the provider refuses, and collects everything that a merchant could log. */
async function serve(name: ProviderName): Promise<Served> {
  const { sample, create, currency } = providers[name];
  const secrets = new Set(Object.values(sample).filter((value) => value.length > 7));
  const [errors, events] = [[] as unknown[], [] as PayEvent[]];
  const [provider, contexts] = [create(sample), [] as object[]];
  const createToken = (context: ServerContext) => (contexts.push(context), provider.createToken(context));
  const api = createStandIns()[name];
  let isRefused = false;
  const fetch: Fetch = async (url, init) => {
    const bearer = (init.headers as Record<string, string>).Authorization;
    if (bearer) secrets.add(bearer.replace('Bearer ', ''));
    return isRefused ? new Response(JSON.stringify([...secrets]), { status: 401 }) : api.fetch(url, init);
  };
  const options: PayEndpointsOptions = {
    environment: 'sandbox',
    providers: { [name]: { ...provider, createToken } },
    order: () => ({ ...paymeOrder, currency }),
    fetch,
    onError: (error) => void errors.push(error),
    onEvent: (event) => void events.push(event),
  };
  const pay = createPayEndpoints(options);
  const request = () => pay.token(createRequest({ provider: name, environment: 'sandbox', order: 'A-1001' }));
  expect((await request()).status).toBe(200);
  isRefused = true;
  const refused = await request();
  expect(refused.status).toBe(502);
  expect(errors).toHaveLength(1);
  return { objects: [provider, contexts, pay, refused, await refused.text(), errors, events], secrets };
}

describe.each(providerNames)('everything that a log of %s could contain', (name) => {
  it('contains no credential and no bearer', async () => {
    skipDelays();
    const { objects, secrets } = await serve(name);
    vi.unstubAllGlobals();
    const text = objects.map(inspectAll).join('\n');
    expect(text.length).toBeGreaterThan(1000);
    expect([...secrets].filter((secret) => text.includes(secret))).toEqual([]);
  });
});
