import { beforeEach, describe, expect, it, vi } from 'vitest';
import { providerNames, providers } from '../../demo/providers/index.js';
import { createPayEndpoints, type IssuedToken, type Order, type PaymentOutcome, type PayEndpoints } from '../../src/server.js';
import { createStandIns, type StandIns } from '../../src/testing.js';
import { buyer, createRequest, readResponse } from './fake-payme.js';

/** The contract that the server half of every provider keeps, with its stand-in. */
describe.each(providerNames)('the server half of %s', (name) => {
  const { create, sample, currency, cards } = providers[name];
  const body = { provider: name, environment: 'sandbox', order: 'A-1001' };
  let order: Order;
  let standIns: StandIns;
  let pay: PayEndpoints;
  const onOutcome = vi.fn<(payment: PaymentOutcome) => void>();
  const onToken = vi.fn<(token: IssuedToken) => void>();

  beforeEach(() => {
    vi.clearAllMocks();
    order = { reference: 'A-1001', amount: 1050, currency, buyer };
    standIns = createStandIns();
    const options = { environment: 'sandbox', order: () => order, onOutcome, onToken, fetch: standIns.fetch } as const;
    pay = createPayEndpoints({ ...options, providers: { [name]: create(sample) } });
  });

  /** Pays with a card, and returns the body of the outcome request. */
  async function payWith(card = cards.approved!.number): Promise<object> {
    const { json: answer } = await readResponse(pay.token(createRequest(body)));
    const result = await standIns.pay({ provider: name, answer, card });
    return { ...body, attempt: 1, result };
  }

  async function report(request: object): Promise<PaymentOutcome> {
    await readResponse(pay.outcome(createRequest(request)));
    return onOutcome.mock.lastCall![0];
  }

  it('confirms a payment, and describes it in plain JSON of at most 1 kB', async () => {
    // Lyra takes no more, and the others any reference.
    order = { ...order, reference: name === 'micuentaweb' ? 'A-1001_'.padEnd(63, '0') : 'A-1001/'.padEnd(200, 'é') };
    const { outcome, reason, payment } = await report(await payWith());
    expect([outcome, reason]).toEqual(['paid', undefined]);
    expect(payment).toMatchObject({
      provider: name,
      environment: 'sandbox',
      order: order.reference,
      id: expect.stringMatching(/./) as string,
    });
    expect(JSON.parse(JSON.stringify(payment))).toEqual(payment);
    expect(Buffer.byteLength(JSON.stringify(payment))).toBeLessThanOrEqual(1024);
  });

  it('gives a receipt its details', async () => {
    const { details } = await report(await payWith());
    const last4 = cards.approved!.number.slice(-4);
    expect(details).toMatchObject({ amount: 1050, currency, method: 'CARD', last4 });
    expect(details.brand).toMatch(/\w/);
    expect(details.authorizationCode).toMatch(/\w/);
    expect(details.transactionId).toMatch(/\w/);
    expect(details.paidAt).toMatch(/T.*(Z|[+-]\d\d:\d\d)$/);
    expect(Math.abs(Date.parse(details.paidAt!) - Date.now())).toBeLessThan(60_000);
  });

  it('puts no personal data and no secret in payment and details', async () => {
    const { payment, details } = await report(await payWith());
    const text = JSON.stringify([payment, details]);
    const { firstName, lastName, email, phone, address } = buyer;
    const personal = [firstName, lastName, email, phone?.number, address?.line1, cards.approved!.number.replaceAll(' ', '')];
    for (const value of personal) expect(text).not.toContain(value);
    const { merchantCode: _, processingTerminalId: _terminal, ...secrets } = sample;
    for (const value of Object.values(secrets)) expect(text).not.toContain(value);
  });

  it('names the same payment when it is reported again', async () => {
    const request = await payWith();
    const [first, second] = [await report(request), await report(request)];
    expect(second).toEqual(first);
  });

  it('gives each order a payment of its own, as onToken knows it', async () => {
    const { payment } = await report(await payWith());
    order = { ...order, reference: 'A-1002' };
    const payments = [payment, (await report(await payWith())).payment];
    const issued = onToken.mock.calls.map(([{ payment }]) => payment);
    expect(issued).toHaveLength(2);
    expect(payments[0]!.id).not.toBe(payments[1]!.id);
    for (const [n, payment] of issued.entries()) expect(payments[n]).toMatchObject(payment);
  });

  it('declines a card that the provider declined', async () => {
    expect((await report(await payWith(cards.declined!.number))).outcome).toBe('declined');
  });

  it.each<[string, Partial<Order>]>([
    ['amount', { amount: 1051 }],
    ['currency', { currency: currency === 'PEN' ? 'USD' : 'PEN' }],
  ])('does not accept a payment of another %s', async (_, change) => {
    const request = await payWith();
    await report(request);
    order = { ...order, ...change };
    const { outcome } = await report(request);
    expect(['forged', 'pending']).toContain(outcome);
  });

  it('does not accept an old payment for an order that was opened again', async () => {
    const request = await payWith();
    order = { ...order, openedAt: new Date(Date.now() + 3_600_000) };
    expect(await report(request)).toMatchObject({ outcome: 'pending', reason: 'stale' });
  });

  it('answers a settled order without a request to the provider', async () => {
    order = { ...order, settled: 'authorized' };
    expect((await readResponse(pay.token(createRequest(body)))).json).toEqual({ outcome: 'authorized' });
    expect(onToken).not.toHaveBeenCalled();
    expect(standIns[name].requests).toHaveLength(0);
  });

  it('sends the page the outcome and nothing else', async () => {
    const { json } = await readResponse(pay.outcome(createRequest(await payWith())));
    expect(json).toEqual({ outcome: 'paid' });
  });
});
