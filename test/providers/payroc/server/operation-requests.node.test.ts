import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OrderInput, PayrocOptions, SavedCard } from '../../../../src/server.js';
import { createOutcomeBody, createRequest, secureToken, session, skipDelays, tokenBody } from './fake-payroc.js';
import { requests } from './operation-requests.js';
import { bankPayment, hold, payment, PayrocGateway, startProcess, type Recorded } from './payroc-gateway.js';

beforeEach(() => skipDelays());
afterEach(() => vi.unstubAllGlobals());

const order = { reference: 'A-1001', amount: 4999, currency: 'USD' } as const;
const savedNumbers = { form: 'card', paymentId: payment.id, cardSchemeReferenceId: '0125042023' };
const card: SavedCard = { provider: 'payroc', environment: 'sandbox', token: '296753123456', id: 'MREF_1', numbers: savedNumbers };
const bankAccount: SavedCard = { ...card, numbers: { form: 'ach' } };

type Pay = ReturnType<typeof startProcess>;

interface Case {
  /** The payment as Payroc has it. */
  readonly given?: (gateway: PayrocGateway) => unknown;
  readonly order?: OrderInput;
  readonly changed?: Partial<PayrocOptions>;
  readonly run: (pay: Pay) => Promise<unknown>;
  /** Which of the requests is compared. The last one is the query after the call. */
  readonly at: number;
}

const open = (gateway: PayrocGateway) => gateway.add();
const closed = (gateway: PayrocGateway) => gateway.close(gateway.add());
const openTransfer = (gateway: PayrocGateway) => gateway.add({ form: 'ach' });
const closedTransfer = (gateway: PayrocGateway) => gateway.close(gateway.add({ form: 'ach' }));
const held = (gateway: PayrocGateway) => gateway.addHold();
const refund = { amount: 1000, key: 'r-1' };
const report = (pay: Pay) => pay.outcome(createRequest(createOutcomeBody()));
const saveOnly = { ...order, amount: 0, save: 'only' } as const;
const answerWith = (body: object) => (gateway: PayrocGateway) => (gateway.answer = () => Response.json(body, { status: 201 }));

const cases: Readonly<Record<keyof typeof requests, Case>> = {
  query: { given: open, run: (pay) => pay.query(payment), at: 0 },
  bankQuery: { given: openTransfer, run: (pay) => pay.query(bankPayment), at: 0 },
  reverse: { given: open, run: (pay) => pay.cancel({ payment }), at: 1 },
  reversePart: { given: open, run: (pay) => pay.refund({ payment, ...refund }), at: 1 },
  refund: { given: closed, run: (pay) => pay.refund({ payment, ...refund }), at: 1 },
  capture: { given: held, run: (pay) => pay.capture({ payment: hold, amount: 3000, key: 'c-1' }), at: 1 },
  bankReverse: { given: openTransfer, run: (pay) => pay.cancel({ payment: bankPayment }), at: 1 },
  bankRefund: { given: closedTransfer, run: (pay) => pay.refund({ payment: bankPayment, ...refund }), at: 1 },
  savedQuery: {
    given: answerWith(secureToken),
    run: (pay) => pay.query({ ...payment, id: 'MREF_1', amount: 0, save: 'only' }),
    at: 0,
  },
  // Before the first sale of an order, Payroc's list is requested.
  holdSale: { order: { ...order, capture: 'later' }, run: report, at: 1 },
  savingSale: { order: { ...order, save: true }, run: report, at: 1 },
  save: { given: answerWith(secureToken), order: saveOnly, run: report, at: 0 },
  saveSession: { given: answerWith(session), order: saveOnly, run: (pay) => pay.token(createRequest(tokenBody)), at: 0 },
  charge: { run: (pay) => pay.charge({ card, order, key: 'renewal-1' }), at: 2 },
  bankCharge: { run: (pay) => pay.charge({ card: bankAccount, order, key: 'renewal-1' }), at: 2 },
};

async function record({ given, order: own, changed, run }: Case): Promise<readonly Recorded[]> {
  const gateway = new PayrocGateway();
  given?.(gateway);
  const pay = startProcess({ gateway, ...(own && { order: own }), ...(changed && { changed }) });
  await run(pay);
  return gateway.takeCalls();
}

function dropOrderId(body: unknown): unknown {
  const { order: sent, ...rest } = (body ?? {}) as { order?: Record<string, unknown> };
  if (!sent) return body;
  const { orderId, ...others } = sent;
  expect(orderId).toMatch(/^A-1001-[\da-f]{8}$/);
  return { ...rest, order: others };
}

describe('the request for each operation', () => {
  it.each(Object.keys(requests) as (keyof typeof requests)[])('matches the documentation field by field: %s', async (name) => {
    const wanted = requests[name];
    const sent = (await record(cases[name]))[cases[name].at]!;
    expect([sent.method, sent.url]).toEqual([wanted.method, `https://api.uat.payroc.com/v1${wanted.path}`]);
    const headers = wanted.headers.map(([field, , value]): [string, unknown] => [
      field,
      value instanceof RegExp ? expect.stringMatching(value) : value,
    ]);
    expect(sent.headers).toEqual(Object.fromEntries(headers));
    expect(dropOrderId(sent.body)).toEqual('body' in wanted ? wanted.body : undefined);
  });
});

describe('what the merchant adds to a request', () => {
  it.each<[string, OrderInput, object]>([
    [
      'other fields of credentialOnFile',
      { ...order, save: true, extra: { credentialOnFile: { tokenize: false, mitAgreement: 'recurring' } } },
      { credentialOnFile: { tokenize: true, mitAgreement: 'recurring' } },
    ],
    [
      'processAsSale, which would charge a hold at once',
      { ...order, capture: 'later', extra: { processAsSale: true } },
      { autoCapture: false, processAsSale: false },
    ],
  ])('takes over or replaces %s', async (_, own, expected) => {
    const sent = await record({ order: own, run: report, at: 1 });
    expect(sent[1]?.body).toMatchObject(expected);
  });

  it('replaces the agreement of a saved card', async () => {
    const own = { ...saveOnly, extra: { mitAgreement: 'recurring' } };
    const [sent] = await record({ given: answerWith(secureToken), order: own, run: report, at: 0 });
    expect(sent?.body).toMatchObject({ mitAgreement: 'recurring' });
  });

  it('names no agreement for a saved bank account', async () => {
    const [sent] = await record({ given: answerWith(secureToken), order: saveOnly, changed: { form: 'ach' }, run: report, at: 0 });
    expect(sent?.body).not.toHaveProperty('mitAgreement');
  });

  it('replaces the standing instructions of a charge', async () => {
    const standingInstructions = { sequence: 'first', processingModel: 'recurring' };
    const own = { ...order, extra: { order: { standingInstructions, description: 'March' } } };
    const sent = await record({ run: (pay) => pay.charge({ card, order: own, key: 'k' }), at: 2 });
    expect(sent[2]?.body).toMatchObject({ order: { standingInstructions, description: 'March' } });
  });

  it('names no first payment that is unknown', async () => {
    const { numbers: _, ...bare } = card;
    const sent = await record({ run: (pay) => pay.charge({ card: bare, order: { ...order, save: true }, key: 'k' }), at: 2 });
    expect(sent[2]?.body).toMatchObject({ order: { standingInstructions: { sequence: 'subsequent', processingModel: 'unscheduled' } } });
    expect(JSON.stringify(sent[2]?.body)).not.toMatch(/referenceData|credentialOnFile/);
  });
});
