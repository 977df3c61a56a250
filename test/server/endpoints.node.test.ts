import { describe, expect, it, vi } from 'vitest';
import {
  Problem,
  createPayEndpoints,
  type Order,
  type PaymentOutcome,
  type ServerContext,
  type ServerProvider,
  type VerifiedOutcome,
  type VerifyContext,
} from '../../src/server.js';
import { fakePayme, order, createRequest, readResponse } from './fake-payme.js';

/** A provider that the library does not know: the endpoints must not depend on a name. */
function createOtherProvider() {
  return {
    name: 'other',
    environments: ['sandbox', 'production'],
    createToken: vi.fn((_context: ServerContext) =>
      Promise.resolve({ token: 'other-token', expiresAt: '2026-05-04T12:10:00Z', config: { a: 1 } }),
    ),
    verify: vi.fn((_context: VerifyContext) => Promise.resolve<VerifiedOutcome>({ outcome: 'paid', reference: 'own-1' })),
  } satisfies ServerProvider;
}

const tokenBody = { provider: 'other', environment: 'sandbox', order: 'A-1001' };
const outcomeBody = {
  ...tokenBody,
  attempt: 1,
  result: { provider: 'other', reference: 'R-1', singleUseToken: 'sut', raw: { code: '00' } },
};

function createEndpoints(environment: 'sandbox' | { other: 'sandbox' | 'production' } = 'sandbox') {
  const other = createOtherProvider();
  return { other, pay: createPayEndpoints({ environment, providers: { other }, order: () => order, fetch: fakePayme().fetch }) };
}

/** What `onOutcome` receives beside the provider's own answer. */
const described = {
  order,
  provider: 'other',
  environment: 'sandbox',
  payment: { provider: 'other', environment: 'sandbox', order: 'A-1001' },
  details: { amount: 1050, currency: 'PEN' },
};

describe('createPayEndpoints, with a custom provider', () => {
  it('creates the token from the merchant’s own order', async () => {
    const { pay, other } = createEndpoints();
    const { status, json } = await readResponse(pay.token(createRequest(tokenBody)));
    expect(status).toBe(200);
    expect(json).toEqual({
      token: 'other-token',
      expiresAt: '2026-05-04T12:10:00Z',
      config: { a: 1 },
      provider: 'other',
      environment: 'sandbox',
    });
    expect(other.createToken.mock.calls[0]?.[0]).toMatchObject({ environment: 'sandbox', order });
  });

  it('verifies the page’s report, and responds with the outcome alone', async () => {
    const { pay, other } = createEndpoints();
    const { status, json } = await readResponse(pay.outcome(createRequest(outcomeBody)));
    expect(status).toBe(200);
    expect(json).toEqual({ outcome: 'paid' });
    expect(other.verify.mock.calls[0]?.[0]).toMatchObject({ environment: 'sandbox', order, result: outcomeBody.result });
  });

  it.each([true, 'payroc'])('ignores a `fallback` in the page’s report (%j)', async (fallback) => {
    const { pay } = createEndpoints();
    expect(await readResponse(pay.outcome(createRequest({ ...outcomeBody, fallback })))).toMatchObject({ status: 200 });
  });

  it('notifies the merchant of the outcome before the page', async () => {
    const [other, onOutcome] = [createOtherProvider(), vi.fn(() => Promise.resolve())];
    const pay = createPayEndpoints({ environment: 'sandbox', providers: { other }, order: () => order, onOutcome });
    expect((await readResponse(pay.outcome(createRequest(outcomeBody)))).json).toEqual({ outcome: 'paid' });
    expect(onOutcome.mock.calls).toEqual([[{ outcome: 'paid', reference: 'own-1', ...described }]]);
    onOutcome.mockRejectedValue(new Error('the database is down'));
    expect((await readResponse(pay.outcome(createRequest(outcomeBody)))).status).toBe(500);
  });

  it.each(['signature', 'order', 'currency'] as const)(
    'reports a forgery (%s) to the merchant only, and responds with pending',
    async (reason) => {
      const [other, onOutcome] = [createOtherProvider(), vi.fn()];
      other.verify.mockResolvedValue({ outcome: 'forged', reason });
      const pay = createPayEndpoints({ environment: 'sandbox', providers: { other }, order: () => order, onOutcome });
      expect((await readResponse(pay.outcome(createRequest(outcomeBody)))).json).toEqual({ outcome: 'pending' });
      expect(onOutcome.mock.calls).toEqual([[{ outcome: 'forged', reason, ...described }]]);
    },
  );

  it('accepts an environment per provider', async () => {
    const { pay } = createEndpoints({ other: 'production' });
    expect((await readResponse(pay.token(createRequest({ ...tokenBody, environment: 'production' })))).json.environment).toBe('production');
    expect((await readResponse(pay.token(createRequest(tokenBody)))).status).toBe(422);
  });

  it('responds with the provider’s own problem', async () => {
    const { pay, other } = createEndpoints();
    other.createToken.mockRejectedValue(new Problem('upstream-refused', 'Other said no.', { retryAfter: 1500 }));
    const { status, headers, json } = await readResponse(pay.token(createRequest(tokenBody)));
    expect(status).toBe(502);
    expect(headers.get('Retry-After')).toBe('2');
    expect(json).toMatchObject({ type: 'urn:pay-checkout:problem:upstream-refused', detail: 'Other said no.', retryable: true });
  });
});

describe('createPayEndpoints, with a settled order', () => {
  function createWithOrder(change: Partial<Order>, { charges = false } = {}) {
    const [other, onOutcome] = [{ ...createOtherProvider(), charges }, vi.fn()];
    const options = { environment: 'sandbox', providers: { other }, order: () => ({ ...order, ...change }), onOutcome } as const;
    return { other, onOutcome, pay: createPayEndpoints(options) };
  }

  it.each<[Partial<Order>, object]>([
    [{ paid: true }, { outcome: 'paid' }],
    [{ settled: 'paid' }, { outcome: 'paid' }],
    [{ settled: 'authorized' }, { outcome: 'authorized' }],
    [{ settled: 'saved', paid: true }, { outcome: 'saved' }],
    [{ settled: 'pending' }, { outcome: 'pending' }],
    [
      { settled: 'pending', instructions: { cip: '1508405' } },
      { outcome: 'pending', instructions: { cip: '1508405' } },
    ],
    [{ settled: 'paid', instructions: { cip: '1508405' } }, { outcome: 'paid' }],
  ])('answers %j with its outcome instead of a token, without calling the provider', async (change, answer) => {
    const { pay, other } = createWithOrder(change);
    expect(await readResponse(pay.token(createRequest(tokenBody)))).toMatchObject({ status: 200, json: answer });
    expect(other.createToken).not.toHaveBeenCalled();
  });

  it.each(['paid', 'authorized', 'saved'] as const)('does not charge an order that is %s, and notifies nobody', async (settled) => {
    const { pay, other, onOutcome } = createWithOrder({ settled }, { charges: true });
    expect(await readResponse(pay.outcome(createRequest(outcomeBody)))).toMatchObject({ status: 200, json: { outcome: settled } });
    expect(other.verify).not.toHaveBeenCalled();
    expect(onOutcome).not.toHaveBeenCalled();
  });

  it('lets a provider that charges look up a pending payment', async () => {
    const { pay, other } = createWithOrder({ settled: 'pending' }, { charges: true });
    await readResponse(pay.outcome(createRequest(outcomeBody)));
    expect(other.verify).toHaveBeenCalledOnce();
  });

  it('notifies the merchant of a possible second payment if the page itself charges', async () => {
    const { pay, onOutcome } = createWithOrder({ paid: true });
    expect(await readResponse(pay.outcome(createRequest(outcomeBody)))).toMatchObject({ status: 200, json: { outcome: 'paid' } });
    expect(onOutcome).toHaveBeenCalledWith(expect.objectContaining({ outcome: 'paid', reference: 'own-1' }));
  });

  it.each(['declined', 'pending', 'forged', 'reversed'] as const)(
    'answers that the order is paid after a later report of %s, which the merchant receives',
    async (outcome) => {
      const { pay, other, onOutcome } = createWithOrder({ settled: 'paid' });
      other.verify.mockResolvedValue({ outcome });
      expect((await readResponse(pay.outcome(createRequest(outcomeBody)))).json).toEqual({ outcome: 'paid' });
      expect(onOutcome).toHaveBeenCalledWith(expect.objectContaining({ outcome }));
    },
  );

  it('tells the page that a pending payment was declined', async () => {
    const { pay, other } = createWithOrder({ settled: 'pending' });
    other.verify.mockResolvedValue({ outcome: 'declined' });
    expect((await readResponse(pay.outcome(createRequest(outcomeBody)))).json).toEqual({ outcome: 'declined' });
  });

  it.each<[string, Partial<Order>]>([
    ['an unknown settlement', { settled: 'refunded' as 'paid' }],
    ['a date without an offset', { openedAt: '2026-01-16T17:48:37' }],
    ['no date', { openedAt: 'yesterday' }],
    ['a date that does not exist', { openedAt: '2026-99-16T17:48:37Z' }],
  ])('refuses an order with %s', async (_, change) => {
    const { pay } = createWithOrder(change);
    expect((await readResponse(pay.token(createRequest(tokenBody)))).status).toBe(500);
  });
});

describe('createPayEndpoints, with `openedAt`', () => {
  async function verify(paidAt: string | undefined, openedAt: Order['openedAt'], outcome: VerifiedOutcome['outcome'] = 'paid') {
    const [other, onOutcome] = [createOtherProvider(), vi.fn<(payment: PaymentOutcome) => void>()];
    other.verify.mockResolvedValue({ outcome, details: { paidAt } });
    const options = { environment: 'sandbox', providers: { other }, order: () => ({ ...order, openedAt }), onOutcome } as const;
    await createPayEndpoints(options).outcome(createRequest(outcomeBody));
    const [{ outcome: told, reason }] = onOutcome.mock.calls[0]!;
    return [told, reason];
  }

  it('keeps a payment from before the order was opened for a person to look at', async () => {
    for (const outcome of ['paid', 'authorized', 'saved'] as const)
      expect(await verify('2026-01-16T17:48:37-05:00', '2026-01-16T22:48:38Z', outcome)).toEqual(['pending', 'stale']);
    expect(await verify('2026-01-16T17:48:37-05:00', new Date('2026-01-16T22:48:38.000Z'))).toEqual(['pending', 'stale']);
  });

  it('accepts a payment of the second in which the order was opened, and a later one', async () => {
    expect(await verify('2026-01-16T17:48:37-05:00', '2026-01-16T22:48:37.999Z')).toEqual(['paid', undefined]);
    expect(await verify('2026-01-19T09:00:00-05:00', '2026-01-16T22:48:37Z')).toEqual(['paid', undefined]);
  });

  it('keeps a charge of an unknown time for a person to look at', async () => {
    expect(await verify(undefined, '2026-01-16T22:48:38Z')).toEqual(['pending', 'stale']);
    expect(await verify(undefined, '2026-01-16T22:48:38Z', 'authorized')).toEqual(['pending', 'stale']);
  });

  it('compares nothing without `openedAt`, or when no money moved', async () => {
    expect(await verify(undefined, '2026-01-16T22:48:38Z', 'saved')).toEqual(['saved', undefined]);
    expect(await verify('2020-01-01T00:00:00-05:00', undefined)).toEqual(['paid', undefined]);
    expect(await verify('2020-01-01T00:00:00-05:00', '2026-01-16T22:48:38Z', 'declined')).toEqual(['declined', undefined]);
  });
});

describe('onToken', () => {
  it('receives the numbers of the payment before the page gets the token, which lacks them', async () => {
    const [other, onToken] = [createOtherProvider(), vi.fn()];
    other.createToken.mockResolvedValue({ token: 'other-token', numbers: { id: '123', operation: 7 } } as never);
    const pay = createPayEndpoints({ environment: 'sandbox', providers: { other }, order: () => order, onToken });
    const { json } = await readResponse(pay.token(createRequest(tokenBody)));
    expect(json).toEqual({ token: 'other-token', provider: 'other', environment: 'sandbox' });
    const payment = { id: '123', operation: 7, provider: 'other', environment: 'sandbox', order: 'A-1001' };
    expect(onToken.mock.calls).toEqual([[{ payment, order }]]);
  });

  it('keeps the token from the page if it throws', async () => {
    const onToken = () => Promise.reject(new Error('the database is down'));
    const options = { environment: 'sandbox', providers: { other: createOtherProvider() }, order: () => order, onToken } as const;
    expect((await readResponse(createPayEndpoints(options).token(createRequest(tokenBody)))).status).toBe(500);
  });
});

describe('pay.outcome, in the page’s words', () => {
  const instructions = { cip: '1508405', expiresAt: '2026-05-04T12:10:00-05:00' };

  it.each<[VerifiedOutcome, object]>([
    [{ outcome: 'authorized' }, { outcome: 'authorized' }],
    [{ outcome: 'saved', details: { instructions } }, { outcome: 'saved' }],
    [
      { outcome: 'pending', reason: 'processing', details: { instructions } },
      { outcome: 'pending', instructions },
    ],
    [{ outcome: 'pending', reason: 'unknown-state' }, { outcome: 'pending' }],
    [{ outcome: 'forged', reason: 'currency', details: { instructions } }, { outcome: 'pending' }],
    [{ outcome: 'pending', reason: 'price', details: { amount: 100 } }, { outcome: 'pending' }],
    [
      { outcome: 'refunded', savedCard: { token: 'secure-token' } },
      { outcome: 'declined', reason: 'returned' },
    ],
    [{ outcome: 'reversed' }, { outcome: 'declined', reason: 'returned' }],
  ])('answers %j', async (verified, answer) => {
    const { pay, other } = createEndpoints();
    other.verify.mockResolvedValue(verified);
    expect((await readResponse(pay.outcome(createRequest(outcomeBody)))).json).toEqual(answer);
  });
});

describe('pay.outcome', () => {
  it.each<[string, object]>([
    ['no attempt', { attempt: undefined }],
    ['an attempt before the first', { attempt: 0 }],
    ['no result', { result: undefined }],
    ['the result of another provider', { result: { ...outcomeBody.result, provider: 'payme' } }],
    ['a reference that is an object', { result: { ...outcomeBody.result, reference: {} } }],
    ['another environment', { environment: 'production' }],
  ])('responds with 422 to %s', async (_, change) => {
    const { pay, other } = createEndpoints();
    expect((await readResponse(pay.outcome(createRequest({ ...outcomeBody, ...change })))).status).toBe(422);
    expect(other.verify).not.toHaveBeenCalled();
  });
});
