import { describe, expect, it, vi } from 'vitest';
import {
  Problem,
  createPayEndpoints,
  type ServerContext,
  type ServerProvider,
  type VerifiedOutcome,
  type VerifyContext,
} from '../../src/server.js';
import { fakePayme, order, createRequest, readResponse } from './fake-payme.js';

/** A provider that nobody has heard of: the endpoints know none by name. */
function otherProvider() {
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

function open(environment: 'sandbox' | { other: 'sandbox' | 'production' } = 'sandbox') {
  const other = otherProvider();
  return { other, pay: createPayEndpoints({ environment, providers: { other }, order: () => order, fetch: fakePayme().fetch }) };
}

describe('a provider of one’s own', () => {
  it('makes the token from the merchant’s own order', async () => {
    const { pay, other } = open();
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

  it('verifies what the page reports, and the answer holds only what came of it', async () => {
    const { pay, other } = open();
    const { status, json } = await readResponse(pay.outcome(createRequest(outcomeBody)));
    expect(status).toBe(200);
    expect(json).toEqual({ outcome: 'paid' });
    expect(other.verify.mock.calls[0]?.[0]).toMatchObject({ environment: 'sandbox', order, result: outcomeBody.result });
  });

  it('tells the merchant what came of it before the page is told', async () => {
    const [other, onOutcome] = [otherProvider(), vi.fn(() => Promise.resolve())];
    const pay = createPayEndpoints({ environment: 'sandbox', providers: { other }, order: () => order, onOutcome });
    expect((await readResponse(pay.outcome(createRequest(outcomeBody)))).json).toEqual({ outcome: 'paid' });
    expect(onOutcome.mock.calls).toEqual([[{ outcome: 'paid', order, provider: 'other', environment: 'sandbox', reference: 'own-1' }]]);
    onOutcome.mockRejectedValue(new Error('the database is down'));
    expect((await readResponse(pay.outcome(createRequest(outcomeBody)))).status).toBe(500);
  });

  it.each(['signature', 'order', 'price'] as const)(
    'tells a forgery (%s) to the merchant alone: to the page it is pending',
    async (reason) => {
      const [other, onOutcome] = [otherProvider(), vi.fn()];
      other.verify.mockResolvedValue({ outcome: 'forged', reason });
      const pay = createPayEndpoints({ environment: 'sandbox', providers: { other }, order: () => order, onOutcome });
      expect((await readResponse(pay.outcome(createRequest(outcomeBody)))).json).toEqual({ outcome: 'pending' });
      expect(onOutcome.mock.calls).toEqual([[{ outcome: 'forged', reason, order, provider: 'other', environment: 'sandbox' }]]);
    },
  );

  it('has an environment of its own', async () => {
    const { pay } = open({ other: 'production' });
    expect((await readResponse(pay.token(createRequest({ ...tokenBody, environment: 'production' })))).json.environment).toBe('production');
    expect((await readResponse(pay.token(createRequest(tokenBody)))).status).toBe(422);
  });

  it('tells its problems in the same way', async () => {
    const { pay, other } = open();
    other.createToken.mockRejectedValue(new Problem('upstream-refused', 'Other said no.', { retryAfter: 1500 }));
    const { status, headers, json } = await readResponse(pay.token(createRequest(tokenBody)));
    expect(status).toBe(502);
    expect(headers.get('Retry-After')).toBe('2');
    expect(json).toMatchObject({ type: 'urn:pay-checkout:problem:upstream-refused', detail: 'Other said no.', retryable: true });
  });
});

describe('an order that is paid', () => {
  function openPaid(charges: boolean) {
    const [other, onOutcome] = [{ ...otherProvider(), charges }, vi.fn()];
    const options = { environment: 'sandbox', providers: { other }, order: () => ({ ...order, paid: true }), onOutcome } as const;
    return { other, onOutcome, pay: createPayEndpoints(options) };
  }

  it('gets no token, and the provider is not asked for one', async () => {
    const { pay, other } = openPaid(false);
    const { status, json } = await readResponse(pay.token(createRequest(tokenBody)));
    expect(status).toBe(422);
    expect(json).toMatchObject({ type: 'urn:pay-checkout:problem:invalid', detail: 'This order is paid already.', retryable: false });
    expect(other.createToken).not.toHaveBeenCalled();
  });

  it('is not charged again for a second tab, which is told that it is paid; the merchant knows', async () => {
    const { pay, other, onOutcome } = openPaid(true);
    expect(await readResponse(pay.outcome(createRequest(outcomeBody)))).toMatchObject({ status: 200, json: { outcome: 'paid' } });
    expect(other.verify).not.toHaveBeenCalled();
    expect(onOutcome).not.toHaveBeenCalled();
  });

  it('may have been paid a second time where the page itself pays, and the merchant is told of it', async () => {
    const { pay, onOutcome } = openPaid(false);
    expect(await readResponse(pay.outcome(createRequest(outcomeBody)))).toMatchObject({ status: 200, json: { outcome: 'paid' } });
    expect(onOutcome).toHaveBeenCalledWith(expect.objectContaining({ outcome: 'paid', reference: 'own-1' }));
  });
});

describe('the outcome of a payment', () => {
  it.each<[string, object]>([
    ['no attempt', { attempt: undefined }],
    ['an attempt before the first', { attempt: 0 }],
    ['no result', { result: undefined }],
    ['the result of another provider', { result: { ...outcomeBody.result, provider: 'payme' } }],
    ['a reference that is an object', { result: { ...outcomeBody.result, reference: {} } }],
    ['another environment', { environment: 'production' }],
  ])('reported with %s is answered with 422', async (_, change) => {
    const { pay, other } = open();
    expect((await readResponse(pay.outcome(createRequest({ ...outcomeBody, ...change })))).status).toBe(422);
    expect(other.verify).not.toHaveBeenCalled();
  });
});
