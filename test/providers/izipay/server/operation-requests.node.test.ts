import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Environment } from '../../../../src/server.js';
import type { Row } from '../../../server/seed-request.js';
import { account } from './fake-izipay.js';
import { afternoon, createPay, createUpstream, hold, payment, type Sent } from './facts-upstream.js';

const hosts: Readonly<Record<Environment, string>> = {
  test: 'https://testapi-pw.izipay.pe',
  sandbox: 'https://sandbox-api-pw.izipay.pe',
  production: 'https://api-pw.izipay.pe',
};

/** The session token of each call: for the original order number, amount and `transactionId` of the payment. */
const tokenRows: readonly Row[] = [
  ['requestSource', 'SI', 'ECOMMERCE'],
  ['merchantCode', 'SI', '4007701'],
  ['orderNumber', 'SI', 'A1001ABCDEFGHI'],
  ['publicKey', 'SI', account.publicKey],
  ['amount', 'SI', '15.00'],
];

/** The fields of `order` that an annulment and a capture have in common. */
const chargedRows: readonly Row[] = [
  ['order.orderNumber', 'SI', 'A1001ABCDEFGHI'],
  ['order.currency', 'SI', 'PEN'],
  ['order.amount', 'SI', '15.00'],
  ['order.payMethod', 'SI', 'CARD'],
  ['order.channel', 'SI', 'ecommerce'],
  ['order.uniqueId', 'SI', '1286141'],
  ['order.authorizationCode', 'SI', 'S65892'],
  ['order.transactionDatetime', 'SI', '2024-03-07 11:20:34.000'],
];

/** By operation: the path and the fields of each call after the token, as the recorded requests and other merchants' code have them. */
const documented: Readonly<Record<string, readonly { readonly path: string; readonly body: readonly Row[] }[]>> = {
  query: [
    {
      path: '/orderinfo/v1/Transaction/Search',
      body: [
        ['merchantCode', 'SI', '4007701'],
        ['numberOrden', 'SI', 'A1001ABCDEFGHI'],
        ['language', 'SI', 'ESP'],
      ],
    },
  ],
  cancel: [
    { path: '/cancel/api/Transaction/Cancel', body: [['merchantCode', 'SI', '4007701'], ...chargedRows, ['language', 'SI', 'ESP']] },
  ],
  capture: [
    {
      path: '/capture/v1/Transaction/Deposit',
      body: [
        ['merchantCode', 'SI', '4007701'],
        ...chargedRows,
        ['order.datetimeTerminalTransaction', 'SI', '2024-03-07 11:20:34.000'],
        ['language', 'SI', 'ESP'],
      ],
    },
  ],
};

/** Lists the fields of a body by path, such as `order.amount`. */
function listFields(body: object, prefix = ''): [string, unknown][] {
  return Object.entries(body).flatMap(([name, value]: [string, unknown]): [string, unknown][] =>
    typeof value === 'object' && value !== null ? listFields(value, `${prefix}${name}.`) : [[`${prefix}${name}`, value]],
  );
}

const toRows = (rows: readonly Row[]) => rows.map(([name, , value]) => [name, value]);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: afternoon });
});
afterEach(() => {
  vi.useRealTimers();
});

async function record(operation: string, environment: Environment): Promise<readonly Sent[]> {
  const upstream = createUpstream();
  const pay = createPay(upstream, { environment });
  if (operation === 'query') await pay.query({ ...payment, environment });
  if (operation === 'cancel') await pay.cancel({ payment: { ...payment, environment } });
  if (operation === 'capture') await pay.capture({ payment: { ...hold, environment }, key: 'capture-1' });
  return upstream.sent;
}

describe.each(['test', 'sandbox', 'production'] as const)('the requests of Izipay’s operations in %s', (environment) => {
  it.each(['query', 'cancel', 'capture'])('have the known fields of pay.%s, and no others', async (operation) => {
    const sent = await record(operation, environment);
    const path = (one: Sent) => one.url.replace(hosts[environment], '');
    const [call] = documented[operation]!;
    const found = sent.find((one) => path(one) === call!.path)!;
    expect(listFields(found.body)).toEqual(toRows(call!.body));
  });

  it('query first, send the call once, and query again', async () => {
    const search = `${hosts[environment]}/orderinfo/v1/Transaction/Search`;
    const token = `${hosts[environment]}/security/v1/Token/Generate`;
    const cancel = `${hosts[environment]}/cancel/api/Transaction/Cancel`;
    const sent = await record('cancel', environment);
    expect(sent.map(({ method, url }) => [method, url])).toEqual([token, search, token, cancel, token, search].map((url) => ['POST', url]));
  });

  it.each(['query', 'cancel', 'capture'])(
    'of pay.%s each follow a token of their own, with the transactionId of the payment',
    async (name) => {
      const sent = await record(name, environment);
      sent.forEach(({ headers, body }, n) => {
        expect(headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json', transactionid: '16881500822750' });
        if (n % 2 === 0) {
          expect(headers).not.toHaveProperty('authorization');
          expect(listFields(body)).toEqual(toRows(tokenRows));
        } else expect(headers.authorization).toBe(`Bearer session-token-${(n + 1) / 2}`);
      });
    },
  );
});
