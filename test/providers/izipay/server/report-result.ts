import { expect, vi } from 'vitest';
import type { IzipayOptions, Order, PaymentOutcome } from '../../../../src/server.js';
import { izipay } from '../../../../src/server.js';
import { account, createEndpoints, createRequest, fakeIzipay, order, readResponse, tokenBody } from './fake-izipay.js';

/** Posts the page's report. Returns what the merchant receives, or the status of a failure. */
export async function reportResult(
  raw: unknown,
  changed: Partial<Order> = {},
  options: Partial<IzipayOptions> = {},
): Promise<Partial<PaymentOutcome> & { status?: number }> {
  const [upstream, onOutcome] = [fakeIzipay(), vi.fn<(reported: PaymentOutcome) => void>()];
  const pay = createEndpoints(upstream, {
    providers: { izipay: izipay({ ...account, ...options }) },
    order: () => ({ ...order, ...changed }),
    onOutcome,
  });
  const body = { ...tokenBody, attempt: 1, result: { provider: 'izipay', reference: 'from-the-page', raw } };
  const { status, json } = await readResponse(pay.outcome(createRequest(body)));
  expect(upstream.calls).toEqual([]);
  if (status !== 200) return { status };
  const payment = onOutcome.mock.calls[0]![0];
  expect(json).toEqual({ outcome: payment.outcome === 'forged' ? 'pending' : payment.outcome });
  return payment;
}

/** Returns the outcome with its reason: *pending, unknown-state*. */
export async function readVerdict(...report: Parameters<typeof reportResult>): Promise<string> {
  const { outcome, reason, status } = await reportResult(...report);
  return [outcome ?? status, reason].filter(Boolean).join(', ');
}
