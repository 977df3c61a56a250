import { describe, expect, it } from 'vitest';
import { createPayEndpoints, izipay, payme, payroc, type Environment, type PayEndpoints } from '../../src/server.js';
import { order } from './fake-payme.js';

type Values = Readonly<Partial<Record<Environment, string>>>;

/** A row: name, whether it is required, and its value: the same in all environments, by environment, or a pattern. */
type Row = readonly [name: string, required: 'SI' | 'NO', value: string | RegExp | Values];

/** One operation as its seed describes it, with the seed's sample values. */
interface Table {
  readonly seed: string;
  readonly provider: string;
  readonly method: string;
  readonly url: Values;
  readonly headers: readonly Row[];
  /** Absent if the request has no body. */
  readonly body?: readonly Row[];
  /** The seed's example response. */
  readonly response: object;
}

const uuid4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const json: Row = ['content-type', 'SI', 'application/json'];

const tables: readonly Table[] = [
  {
    seed: 'Pay-me, "Autenticación"',
    provider: 'payme',
    method: 'POST',
    url: { sandbox: 'https://auth.preprod.alignet.io/token', production: 'https://auth.alignet.io/token' },
    headers: [json, ['alg-api-version', 'SI', '1709847567']],
    body: [
      ['action', 'SI', 'authorize'],
      ['grant_type', 'SI', 'client_credentials'],
      ['audience', 'SI', { sandbox: 'https://api.preprod.alignet.io/', production: 'https://api.alignet.io/' }],
      ['client_id', 'SI', 'your_client_id'],
      ['client_secret', 'SI', 'your_client_secret'],
      ['scope', 'SI', /^(?=.*\bcreate:token\b)(?=.*\bpost:charges\b)(?=.*\bget:charges\b)[a-z:]+( [a-z:]+)*$/],
    ],
    response: { action: 'authorize', success: true, access_token: 'access_token', expires_in: 8600, token_type: 'Bearer' },
  },
  {
    seed: 'Pay-me, "API Nonce"',
    provider: 'payme',
    method: 'POST',
    url: { sandbox: 'https://auth.preprod.alignet.io/nonce', production: 'https://auth.alignet.io/nonce' },
    headers: [json, ['alg-api-version', 'SI', '1709847567'], ['authorization', 'SI', 'Bearer access_token']],
    body: [
      ['action', 'SI', 'create.nonce'],
      ['audience', 'SI', { sandbox: 'https://api.preprod.alignet.io/', production: 'https://api.alignet.io/' }],
      ['client_id', 'SI', 'your_client_id'],
      ['scope', 'SI', 'post:charges'],
    ],
    response: {
      action: 'create.nonce',
      success: true,
      nonce: 'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9...',
      scope: 'post:charges',
      expires_in: 30,
      nonce_creation: { meta: { status: { code: '00', message_ilgn: [{ locale: 'es_PE', value: 'Código Nonce creado' }] } } },
    },
  },
  {
    seed: 'Izipay, "Generar Token de Sesión"',
    provider: 'izipay',
    method: 'POST',
    url: {
      test: 'https://testapi-pw.izipay.pe/security/v1/Token/Generate',
      sandbox: 'https://sandbox-api-pw.izipay.pe/security/v1/Token/Generate',
      production: 'https://api-pw.izipay.pe/security/v1/Token/Generate',
    },
    headers: [json, ['accept', 'NO', 'application/json'], ['transactionid', 'SI', /^[0-9A-Za-z]{5,40}$/]],
    body: [
      ['requestSource', 'SI', 'ECOMMERCE'],
      ['merchantCode', 'SI', '4007701'],
      ['orderNumber', 'SI', /^[0-9A-Za-z]{5,15}$/],
      ['publicKey', 'SI', 'VErethUtraQuxas57wuMuquprADrAHAb'],
      ['amount', 'SI', '10.50'],
    ],
    response: { code: '00', message: 'OK', response: { token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.pPe3HGxZwmxn9M90jSX' } },
  },
  {
    seed: 'Payroc, "Authenticate your session", step 1',
    provider: 'payroc',
    method: 'POST',
    url: { sandbox: 'https://identity.uat.payroc.com/authorize', production: 'https://identity.payroc.com/authorize' },
    headers: [['x-api-key', 'SI', 'your_api_key']],
    response: { access_token: 'access_token', expires_in: 3600, scope: 'service_a service_b', token_type: 'Bearer' },
  },
  {
    seed: 'Payroc, "Authenticate your session", step 2',
    provider: 'payroc',
    method: 'POST',
    url: {
      sandbox: 'https://api.uat.payroc.com/v1/processing-terminals/1234001/hosted-fields-sessions',
      production: 'https://api.payroc.com/v1/processing-terminals/1234001/hosted-fields-sessions',
    },
    headers: [json, ['authorization', 'SI', 'Bearer access_token'], ['idempotency-key', 'SI', uuid4]],
    body: [
      ['libVersion', 'SI', { sandbox: '1.7.0.261457', production: '1.7.0.261471' }],
      ['scenario', 'SI', 'payment'],
    ],
    response: { processingTerminalId: '1234001', token: 'abcdef1234567890', expiresAt: '2030-07-02T15:30:00.000+02:00' },
  },
];

const accounts = {
  payme: payme({ clientId: 'your_client_id', clientSecret: 'your_client_secret', merchantCode: 'your_merchant_code' }),
  izipay: izipay({
    merchantCode: '4007701',
    publicKey: 'VErethUtraQuxas57wuMuquprADrAHAb',
    hashKey: 'hash-key-made-in-this-test',
    keyRSA: 'rsa-key-made-in-this-test',
  }),
  payroc: payroc({ apiKey: 'your_api_key', processingTerminalId: '1234001' }),
};

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Requests one token, and records the outgoing requests as sent. */
async function recordRequests(provider: keyof typeof accounts, environment: Environment) {
  const sent: Sent[] = [];
  const pay: PayEndpoints = createPayEndpoints({
    environment,
    providers: { [provider]: accounts[provider] },
    order: () => order,
    async fetch(url, init) {
      const request = new Request(url, init);
      sent.push({ method: request.method, url: request.url, headers: Object.fromEntries(request.headers), text: await request.text() });
      const table = tables.find((one) => Object.values(one.url).includes(url));
      return Response.json(table?.response ?? {}, { status: table ? 200 : 404 });
    },
  });
  const body = JSON.stringify({ provider, environment, order: 'A-1001' });
  const headers = { 'Content-Type': 'application/json' };
  const { status } = await pay.token(new Request('https://shop.example.com/api/pay/token', { method: 'POST', headers, body }));
  return { sent, status };
}

/** Checks that the request has no field that is missing in the table, and every field that the table requires. */
function expectRows(found: Readonly<Record<string, unknown>>, rows: readonly Row[], environment: Environment): void {
  const names = rows.map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(found)));
  for (const [name, required, value] of rows) {
    if (required === 'NO' && !(name in found)) continue;
    const wanted = typeof value === 'string' || value instanceof RegExp ? value : value[environment];
    expect(found[name], name).toEqual(wanted instanceof RegExp ? expect.stringMatching(wanted) : wanted);
  }
}

const getEnvironments = (provider: string) => accounts[provider as keyof typeof accounts].environments;
const cases = Object.keys(accounts).flatMap((provider) =>
  getEnvironments(provider).map((environment) => [provider, environment] as [keyof typeof accounts, Environment]),
);

describe.each(cases)('%s in %s', (provider, environment) => {
  const rows = tables.filter((table) => table.provider === provider);

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
