import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createPayEndpoints,
  type PaymentOutcome,
  type ReportedPayment,
  type ServerProvider,
  type VerifiedOutcome,
} from '../../src/server.js';
import { createCallbackRequest } from './callbacks.js';
import { createRequest, freezeTime, order, readResponse, waitUntil } from './fake-payme.js';

const page = { provider: 'other', environment: 'sandbox', order: 'A-1001', attempt: 1 };

/** Creates the endpoints of a provider whose payment has the id that the report names. */
function createEndpoints(onOutcome: (payment: PaymentOutcome) => void | Promise<void>) {
  const other = {
    name: 'other',
    environments: ['sandbox'],
    createToken: () => Promise.reject(new Error('unexpected token request')),
    verify: ({ result }) => Promise.resolve<VerifiedOutcome>({ outcome: 'paid', numbers: { id: result.raw as string } }),
    receive: ({ message }) =>
      Promise.resolve<ReportedPayment>({ reference: 'A-1001', result: { provider: 'other', raw: message.content } }),
  } satisfies ServerProvider;
  const pay = createPayEndpoints({
    environment: 'sandbox',
    providers: { other },
    order: () => order,
    orderByReference: () => order,
    onOutcome,
  });
  return {
    report: (id: string) => pay.outcome(createRequest({ ...page, result: { provider: 'other', raw: id } })),
    notify: (id: string) => pay.notifications.other(createCallbackRequest(JSON.stringify(id))),
  };
}

/** An `onOutcome` that ends when the test says so. */
function createSlowOutcome() {
  const running: (() => void)[] = [];
  let most = 0;
  const onOutcome = vi.fn(() => {
    const ended = new Promise<void>((resolve) => running.push(resolve));
    most = Math.max(most, running.length);
    return ended;
  });
  return { onOutcome, running, most: () => most, endFirst: () => running.shift()?.() };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('onOutcome', () => {
  afterEach(() => vi.useRealTimers());

  it('runs once at a time for a payment that page and provider report at the same moment', async () => {
    const { onOutcome, running, most, endFirst } = createSlowOutcome();
    const { report, notify } = createEndpoints(onOutcome);
    const responses = [report('1'), notify('1'), notify('1'), report('1')];
    for (let n = 1; n <= responses.length; n++) {
      await waitUntil(() => onOutcome.mock.calls.length === n && running.length === 1);
      endFirst();
    }
    expect((await Promise.all(responses)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(most()).toBe(1);
  });

  it('runs for other payments meanwhile', async () => {
    const { onOutcome, running, endFirst } = createSlowOutcome();
    const { report } = createEndpoints(onOutcome);
    const responses = [report('1'), report('2')];
    await waitUntil(() => running.length === 2);
    endFirst();
    endFirst();
    await Promise.all(responses);
  });

  it('is not started again beside itself when it outlives the request', async () => {
    freezeTime();
    const { onOutcome, running, endFirst } = createSlowOutcome();
    const { notify } = createEndpoints(onOutcome);
    const first = notify('1');
    await waitUntil(() => running.length === 1);
    await vi.advanceTimersByTimeAsync(9_000);
    expect((await first).status).toBe(504);
    const repeated = notify('1');
    for (let n = 0; n < 5; n++) await settle();
    expect(onOutcome).toHaveBeenCalledOnce();
    endFirst();
    await waitUntil(() => running.length === 1);
    endFirst();
    expect((await repeated).status).toBe(200);
  });

  it('may ask for the outcome of its own payment', async () => {
    let ask: (() => Promise<Response>) | undefined;
    const answers: unknown[] = [];
    const { report } = createEndpoints(async () => {
      const again = ask;
      ask = undefined;
      if (again) answers.push((await readResponse(again())).json);
    });
    ask = () => report('1');
    expect((await readResponse(report('1'))).json).toEqual({ outcome: 'paid' });
    expect(answers).toEqual([{ outcome: 'paid' }]);
  });

  it('runs again for the next report after it has failed', async () => {
    const onOutcome = vi.fn().mockRejectedValueOnce(new Error('the database is down'));
    const { report } = createEndpoints(onOutcome);
    expect((await report('1')).status).toBe(500);
    expect((await report('1')).status).toBe(200);
  });
});
