import { describe, expect, it, vi } from 'vitest';
import {
  createPayEndpoints,
  OrderRefused,
  Problem,
  type ErrorContext,
  type Order,
  type ReportedPayment,
  type ServerProvider,
  type VerifiedOutcome,
} from '../../src/server.js';
import { buildCallbackUrl } from '../../src/server/callback-url.js';
import { createCallbackRequest } from './callbacks.js';
import { createRequest, order } from './fake-payme.js';

const url = buildCallbackUrl('https://shop.example.com/ipn', 'A-1001');

/** Creates the endpoints of a provider whose messages are read by `receive`. */
function createEndpoints(
  receive: () => Promise<ReportedPayment>,
  orderByReference: () => Order = () => order,
  verified: VerifiedOutcome = { outcome: 'paid' },
) {
  const other = {
    name: 'other',
    environments: ['sandbox'],
    createToken: () => Promise.reject(new Problem('refused', 'There is no such order.')),
    verify: () => Promise.resolve(verified),
    receive,
  } satisfies ServerProvider;
  const onError = vi.fn<(error: unknown, context: ErrorContext) => void>();
  const onOutcome = vi.fn();
  const options = { environment: 'sandbox', order: () => order, orderByReference, onError, onOutcome } as const;
  return { pay: createPayEndpoints({ ...options, providers: { other } }), onError, onOutcome };
}

const reported = () => Promise.resolve({ reference: 'B-7', result: { provider: 'other', raw: {} } });

describe('a message of a provider that cannot be matched', () => {
  it.each(['refused', 'request', 'forged'] as const)('reaches onError (%s) with the reference from its URL', async (kind) => {
    const problem = new Problem(kind, 'The notification names no order.');
    const { pay, onError } = createEndpoints(() => Promise.reject(problem));
    const response = await pay.notifications.other(createCallbackRequest('{}', { url }));
    expect(response.status).toBe(problem.status);
    expect(await response.text()).not.toContain('A-1001');
    expect(onError).toHaveBeenCalledExactlyOnceWith(problem, { requestId: response.headers.get('X-Request-Id'), reference: 'A-1001' });
  });

  it('reaches onError with the reference that the provider’s module knows', async () => {
    const problem = new Problem('forged', 'No secret proves the operation.', { reference: 'B-7' });
    const { pay, onError } = createEndpoints(() => Promise.reject(problem));
    await pay.notifications.other(createCallbackRequest('{}', { url }));
    expect(onError.mock.calls[0]?.[1]).toMatchObject({ reference: 'B-7' });
  });

  it('reaches onError when the merchant’s records lack the order', async () => {
    const refusal = new OrderRefused();
    const { pay, onError } = createEndpoints(reported, () => {
      throw refusal;
    });
    expect((await pay.returns.other(createCallbackRequest('{}', { url }))).status).toBe(303);
    expect(onError.mock.calls[0]?.[0]).toBe(refusal);
    expect(onError.mock.calls[0]?.[1]).toMatchObject({ reference: 'B-7' });
  });

  it('has no reference in onError where none is known', async () => {
    const { pay, onError } = createEndpoints(() => Promise.reject(new Problem('refused', 'The notification names no order.')));
    const response = await pay.notifications.other(createCallbackRequest('{}'));
    expect(onError.mock.calls[0]?.[1]).toEqual({ requestId: response.headers.get('X-Request-Id') });
  });

  it('is answered with 503 while the provider’s own records lack its payment, so that it is sent again', async () => {
    const { pay, onOutcome } = createEndpoints(reported, () => order, { outcome: 'pending', reason: 'not-found' });
    const response = await pay.notifications.other(createCallbackRequest('{}', { url }));
    expect(response.status).toBe(503);
    expect(onOutcome).toHaveBeenCalledOnce();
    expect((await pay.returns.other(createCallbackRequest('{}', { url }))).status).toBe(303);
  });

  it('does not reach onError as long as it is no message', async () => {
    const { pay, onError } = createEndpoints(reported);
    await pay.notifications.other(new Request(url, { method: 'PUT', body: '{}' }));
    expect(onError).not.toHaveBeenCalled();
  });
});

it('does not call onError for an order that the page may not see', async () => {
  const { pay, onError } = createEndpoints(reported);
  const response = await pay.token(createRequest({ provider: 'other', environment: 'sandbox', order: 'A-1001' }));
  expect([response.status, onError.mock.calls]).toEqual([404, []]);
});
