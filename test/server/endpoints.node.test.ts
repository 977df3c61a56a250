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

  it('notifies the merchant of the outcome before the page', async () => {
    const [other, onOutcome] = [createOtherProvider(), vi.fn(() => Promise.resolve())];
    const pay = createPayEndpoints({ environment: 'sandbox', providers: { other }, order: () => order, onOutcome });
    expect((await readResponse(pay.outcome(createRequest(outcomeBody)))).json).toEqual({ outcome: 'paid' });
    expect(onOutcome.mock.calls).toEqual([[{ outcome: 'paid', order, provider: 'other', environment: 'sandbox', reference: 'own-1' }]]);
    onOutcome.mockRejectedValue(new Error('the database is down'));
    expect((await readResponse(pay.outcome(createRequest(outcomeBody)))).status).toBe(500);
  });

  it.each(['signature', 'order', 'price'] as const)(
    'reports a forgery (%s) to the merchant only, and responds with pending',
    async (reason) => {
      const [other, onOutcome] = [createOtherProvider(), vi.fn()];
      other.verify.mockResolvedValue({ outcome: 'forged', reason });
      const pay = createPayEndpoints({ environment: 'sandbox', providers: { other }, order: () => order, onOutcome });
      expect((await readResponse(pay.outcome(createRequest(outcomeBody)))).json).toEqual({ outcome: 'pending' });
      expect(onOutcome.mock.calls).toEqual([[{ outcome: 'forged', reason, order, provider: 'other', environment: 'sandbox' }]]);
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

describe('createPayEndpoints, with a paid order', () => {
  function createWithPaidOrder(charges: boolean) {
    const [other, onOutcome] = [{ ...createOtherProvider(), charges }, vi.fn()];
    const options = { environment: 'sandbox', providers: { other }, order: () => ({ ...order, paid: true }), onOutcome } as const;
    return { other, onOutcome, pay: createPayEndpoints(options) };
  }

  it('issues no token, and does not call the provider', async () => {
    const { pay, other } = createWithPaidOrder(false);
    const { status, json } = await readResponse(pay.token(createRequest(tokenBody)));
    expect(status).toBe(422);
    expect(json).toMatchObject({ type: 'urn:pay-checkout:problem:invalid', detail: 'This order is paid already.', retryable: false });
    expect(other.createToken).not.toHaveBeenCalled();
  });

  it('does not charge it again from a second tab, and responds with paid without notifying the merchant', async () => {
    const { pay, other, onOutcome } = createWithPaidOrder(true);
    expect(await readResponse(pay.outcome(createRequest(outcomeBody)))).toMatchObject({ status: 200, json: { outcome: 'paid' } });
    expect(other.verify).not.toHaveBeenCalled();
    expect(onOutcome).not.toHaveBeenCalled();
  });

  it('notifies the merchant of a possible second payment if the page itself charges', async () => {
    const { pay, onOutcome } = createWithPaidOrder(false);
    expect(await readResponse(pay.outcome(createRequest(outcomeBody)))).toMatchObject({ status: 200, json: { outcome: 'paid' } });
    expect(onOutcome).toHaveBeenCalledWith(expect.objectContaining({ outcome: 'paid', reference: 'own-1' }));
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
