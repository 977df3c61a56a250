import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OperationNotSupported, OperationRefused, type Ledger, type Payment } from '../../../../src/server.js';
import { account } from './fake-izipay.js';
import { afternoon, createPay, createUpstream, hold, issued, listed, payment, type Event, type Upstream } from './facts-upstream.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: afternoon });
});
afterEach(() => {
  vi.useRealTimers();
});

type Izipay = Payment<'izipay'>;

const cancel = (upstream: Upstream, one: Izipay = payment) => createPay(upstream).cancel({ payment: one });
const capture = (upstream: Upstream, one: Izipay = hold, amount?: number) =>
  createPay(upstream).capture({ payment: one, key: 'capture-1', ...(amount !== undefined && { amount }) });

const readError = (work: Promise<unknown>) => work.catch((error: unknown) => error) as Promise<Error>;

/** A ledger that processes share, such as Redis. */
function createLedger(): Ledger {
  const texts = new Map<string, string>();
  return {
    claim: (key) => !texts.has(key) && Boolean(texts.set(key, '')),
    read: (key) => texts.get(key),
    write: (key, value) => void texts.set(key, value),
  };
}

/** Returns the event of a call that waits, the promise that it has arrived there, and the function that lets it continue. */
function createGate() {
  let [arrive, open] = [() => {}, () => {}];
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const opened = new Promise<void>((resolve) => (open = resolve));
  const gate = () => {
    arrive();
    return opened;
  };
  return { gate, arrived, open: () => open() };
}

describe('pay.cancel (Izipay)', () => {
  it('annuls a payment, and reports it as reversed although the query shows nothing of it', async () => {
    const upstream = createUpstream();
    const pay = createPay(upstream);
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'reversed', payment, refunds: [] });
    expect(await pay.query(payment)).toMatchObject({ outcome: 'reversed' });
    expect(upstream.acted).toEqual(['Cancel']);
  });

  it('releases a hold', async () => {
    const upstream = createUpstream();
    expect((await cancel(upstream, hold)).outcome).toBe('reversed');
    expect(upstream.sent.find(({ url }) => url.endsWith('Cancel'))?.body).toMatchObject({ order: { amount: '15.00' } });
  });

  it('takes the numbers from the query if only the token is known', async () => {
    const upstream = createUpstream();
    const { outcome, payment: found } = await cancel(upstream, issued);
    expect([outcome, found]).toEqual(['reversed', payment]);
    const sent = upstream.sent.find(({ url }) => url.endsWith('Cancel'));
    expect(sent?.body).toMatchObject({ order: { uniqueId: '1286141', authorizationCode: 'S65892', payMethod: 'CARD' } });
  });

  it('sends the payment’s own method', async () => {
    const upstream = createUpstream([{ ...listed, payMethodAuthorization: 'YAPE_CODE' }]);
    await cancel(upstream, issued);
    expect(upstream.sent.find(({ url }) => url.endsWith('Cancel'))?.body).toMatchObject({ order: { payMethod: 'YAPE_CODE' } });
  });

  it('is not supported without an authorization code', async () => {
    const upstream = createUpstream([{ ...listed, payMethodAuthorization: 'QR', codeAuth: '' }]);
    const error = await readError(cancel(upstream, issued));
    expect(error).toBeInstanceOf(OperationNotSupported);
    expect(error.message).toContain("Use Izipay's panel.");
    expect(upstream.acted).toEqual([]);
  });

  it.each<[string, string, object]>([
    ['paidAt', 'no date', { dateTransaction: '' }],
    ['payMethod', 'no method', { payMethodAuthorization: '' }],
  ])('requires `%s`, and names it after an answer with %s', async (name, _, changed) => {
    const upstream = createUpstream([{ ...listed, ...changed }]);
    const error = await readError(cancel(upstream, issued));
    expect(error).toMatchObject({ reason: 'state', message: expect.stringContaining(`should have \`${name}\``) as string });
    expect(upstream.acted).toEqual([]);
  });

  it.each<[string, string]>([
    ['the last second of its day in Lima', '2024-03-07T23:59:59-05:00'],
    ['its day in Lima, and the next one in UTC', '2024-03-08T01:00:00Z'],
  ])('works in %s', async (_, now) => {
    vi.setSystemTime(Date.parse(now));
    expect((await cancel(createUpstream())).outcome).toBe('reversed');
  });

  it.each<[string, string]>([
    ['the next day in Lima', '2024-03-08T00:00:00-05:00'],
    ['the same day of the next month', '2024-04-07T12:00:00-05:00'],
    ['the day before, by a wrong clock', '2024-03-06T12:00:00-05:00'],
  ])('refuses on %s, and names the panel', async (_, now) => {
    vi.setSystemTime(Date.parse(now));
    const upstream = createUpstream();
    const error = await readError(cancel(upstream));
    expect(error).toBeInstanceOf(OperationRefused);
    expect(error.message).toBe(
      `pay.cancel(): Izipay annuls a payment on its own day in Lima. It was made on 2024-03-07, and today is ${now.slice(0, 10)}. Refund it in Izipay's panel.`,
    );
    expect(upstream.acted).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['declined', [{ ...listed, stateMessage: 'Denegado' }], 'is declined.'],
    ['not known', [], 'is pending with the reason not-found.'],
    ['in an unknown state', [{ ...listed, stateMessage: 'Observado' }], 'is pending with the reason unknown-state.'],
    ['of another amount', [{ ...listed, amount: '1.50' }], 'is pending with the reason price.'],
    ['in another currency', [{ ...listed, currency: 'USD' }], 'is forged with the reason currency.'],
  ])('refuses a payment that is %s', async (_, found, words) => {
    const upstream = createUpstream(found);
    const error = await readError(cancel(upstream, issued));
    expect(error).toMatchObject({ name: 'OperationRefused', reason: 'state' });
    expect(error.message).toContain(`the payment should be paid or authorized, but its outcome ${words}`);
    expect(upstream.acted).toEqual([]);
  });

  it('refuses numbers that Izipay does not take, before it sends the call', async () => {
    const upstream = createUpstream();
    const error = await readError(cancel(upstream, { ...payment, uniqueId: '1'.repeat(41) }));
    expect(error).toMatchObject({ kind: 'upstream-request' });
    expect(upstream.acted).toEqual([]);
    expect((await cancel(upstream)).outcome).toBe('reversed');
  });
});

describe('the answer to an annulment (Izipay)', () => {
  it.each([{ code: 'P34', message: 'No procede' }, { Code: 'T05', Response: {} }, { code: '007' }])(
    'refuses with a documented code of a decline: %j',
    async (answer) => {
      const upstream = createUpstream([listed], { Cancel: [answer] });
      const pay = createPay(upstream);
      const error = await readError(pay.cancel({ payment }));
      expect(error).toMatchObject({ name: 'OperationRefused', reason: 'state' });
      expect(error.message).toMatch(/^pay\.cancel\(\): Izipay refused with the code (P34|T05|007), and did nothing\./);
      expect((await pay.query(payment)).outcome).toBe('paid');
      expect((await pay.cancel({ payment })).outcome).toBe('reversed');
      expect(upstream.acted).toEqual(['Cancel']);
    },
  );

  it.each<[string, Event]>([
    ['021', { code: '021' }],
    ['COMMUNICATION_ERROR', { code: 'COMMUNICATION_ERROR' }],
    ['a code in no document', { code: '96', message: 'System malfunction' }],
    ['the code of a closed form', { code: 'P54' }],
    ['a long code', { code: 'K'.repeat(32) }],
    ['an empty code', { code: '' }],
    ['no code', { message: 'OK' }],
    ['a number', { code: 0 }],
    ['no object', ['00']],
    ['the status 500', 500],
    ['the status 409', 409],
    ['a lost answer', 'lost'],
  ])('leaves the end open after %s, and never repeats the call', async (_, event) => {
    const upstream = createUpstream([listed], { Cancel: [event] });
    const pay = createPay(upstream);
    for (let n = 0; n < 3; n++) expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'pending', reason: 'unanswered' });
    expect(await pay.query(payment)).toMatchObject({ outcome: 'pending', reason: 'unanswered' });
    expect(upstream.names().filter((name) => name === 'Cancel')).toHaveLength(1);
  });

  it('stays open if the query says declined afterwards', async () => {
    const found = [{ ...listed }];
    const upstream = createUpstream(found, { Cancel: ['lost'] });
    const pay = createPay(upstream);
    await pay.cancel({ payment });
    found[0] = { ...listed, stateMessage: 'Denegado' };
    expect(await pay.cancel({ payment })).toMatchObject({ outcome: 'pending', reason: 'unanswered' });
  });

  it.each<[string, Event]>([
    ['cannot connect', 'refused'],
    ['is rejected with 401', 401],
    ['is rejected with 400', 400],
  ])('does nothing if the call %s, and can be sent again', async (_, event) => {
    const upstream = createUpstream([listed], { Cancel: [event] });
    const pay = createPay(upstream);
    expect((await readError(pay.cancel({ payment }))).name).toBe('Problem');
    expect((await pay.query(payment)).outcome).toBe('paid');
    expect((await pay.cancel({ payment })).outcome).toBe('reversed');
    expect(upstream.acted).toEqual(['Cancel']);
  });

  it('does nothing if its token is refused', async () => {
    const upstream = createUpstream([listed], { Generate: [{ code: '00', response: { token: 'unbound' } }] });
    expect(await readError(cancel(upstream))).toMatchObject({ kind: 'upstream-credentials' });
    expect(upstream.acted).toEqual([]);
  });

  it.each<[object, string | undefined]>([
    [{ response: { result: { uniqueIdCancel: '1286999' } } }, '1286999'],
    [{ Response: { Result: { UniqueIdCancel: '1286999' } } }, '1286999'],
    [{ response: { result: { uniqueIdCancel: 7 } } }, undefined],
    [{ response: { result: { uniqueIdCancel: '' } } }, undefined],
    [{ response: { result: { uniqueIdCancel: '1'.repeat(41) } } }, undefined],
    [{ response: { result: 'done' } }, undefined],
    [{}, undefined],
  ])('is done with 00, and its id is stored if it has one: %j', async (answer, id) => {
    const ledger = createLedger();
    const write = vi.spyOn(ledger, 'write');
    const upstream = createUpstream([listed], { Cancel: [{ code: '00', ...answer }] });
    expect((await createPay(upstream, { ledger }).cancel({ payment })).outcome).toBe('reversed');
    const moves = write.mock.calls.map(([, text]) => text).filter((text) => text.startsWith('{'));
    const stored = moves.map((text) => JSON.parse(text) as { state: string; id?: string });
    expect(stored.map(({ state }) => state)).toEqual(['asked', 'done']);
    expect(stored.at(-1)?.id).toBe(id);
  });
});

describe('pay.capture (Izipay)', () => {
  it('charges a hold, which is paid from then on although the query shows nothing of it', async () => {
    const upstream = createUpstream();
    const pay = createPay(upstream);
    expect((await pay.query(hold)).outcome).toBe('authorized');
    expect(await pay.capture({ payment: hold, key: 'capture-1' })).toMatchObject({ outcome: 'paid', payment: hold });
    expect(await pay.query(hold)).toMatchObject({ outcome: 'paid' });
    expect(upstream.acted).toEqual(['Deposit']);
  });

  it('captures the whole amount by name, on any later day', async () => {
    vi.setSystemTime(Date.parse('2024-03-12T12:00:00-05:00'));
    expect((await capture(createUpstream(), hold, 1500)).outcome).toBe('paid');
  });

  it('does not support a part of the amount', async () => {
    const upstream = createUpstream();
    const error = await readError(capture(upstream, hold, 1000));
    expect(error).toBeInstanceOf(OperationNotSupported);
    expect(error.message).toBe('pay.capture(): Izipay captures the whole amount of a hold only. Leave `amount` out.');
    expect(upstream.acted).toEqual([]);
  });

  it('refuses more than the amount', async () => {
    expect(await readError(capture(createUpstream(), hold, 1501))).toMatchObject({ reason: 'amount' });
  });

  it('does not support another method than a card', async () => {
    const upstream = createUpstream();
    const error = await readError(capture(upstream, { ...hold, payMethod: 'APPLE_PAY' }));
    expect(error).toBeInstanceOf(OperationNotSupported);
    expect(error.message).toContain('known for cards only');
    expect(upstream.acted).toEqual([]);
  });

  it.each<[string, Izipay, unknown, string]>([
    ['a payment that was charged', payment, [listed], 'amount'],
    ['a hold that was declined', { ...issued, processType: 'PA' }, [{ ...listed, stateMessage: 'Denegado' }], 'amount'],
    ['a hold of another amount', hold, [{ ...listed, amount: '1.50' }], 'state'],
  ])('refuses %s', async (_, one, found, reason) => {
    const upstream = createUpstream(found);
    expect(await readError(capture(upstream, one))).toMatchObject({ name: 'OperationRefused', reason });
    expect(upstream.acted).toEqual([]);
  });

  it('sends no second capture under another key', async () => {
    const upstream = createUpstream();
    const pay = createPay(upstream);
    await pay.capture({ payment: hold, key: 'capture-1' });
    expect(await readError(pay.capture({ payment: hold, key: 'capture-2' }))).toMatchObject({ reason: 'amount' });
    expect(upstream.acted).toEqual(['Deposit']);
  });

  it('leaves a lost answer open, and sends no other capture and no cancellation after it', async () => {
    const upstream = createUpstream([listed], { Deposit: ['lost'] });
    const pay = createPay(upstream);
    expect(await pay.capture({ payment: hold, key: 'capture-1' })).toMatchObject({ outcome: 'pending', reason: 'unanswered' });
    expect(await pay.capture({ payment: hold, key: 'capture-1' })).toMatchObject({ outcome: 'pending', reason: 'unanswered' });
    expect(await readError(pay.capture({ payment: hold, key: 'capture-2' }))).toMatchObject({ reason: 'undecided' });
    expect(await readError(pay.cancel({ payment: hold }))).toMatchObject({ reason: 'undecided' });
    expect(upstream.acted).toEqual(['Deposit']);
  });

  it('refuses with the code of a decline, and can be sent again', async () => {
    const upstream = createUpstream([listed], { Deposit: [{ code: 'T12' }] });
    const pay = createPay(upstream);
    expect((await readError(pay.capture({ payment: hold, key: 'capture-1' }))).message).toContain(
      'pay.capture(): Izipay refused with the code T12',
    );
    expect((await pay.query(hold)).outcome).toBe('authorized');
    expect((await pay.capture({ payment: hold, key: 'capture-1' })).outcome).toBe('paid');
  });

  it('does not support the cancellation of a captured hold', async () => {
    const upstream = createUpstream();
    const pay = createPay(upstream);
    await pay.capture({ payment: hold, key: 'capture-1' });
    const error = await readError(pay.cancel({ payment: hold }));
    expect(error).toBeInstanceOf(OperationNotSupported);
    expect(error.message).toContain("Refund it in Izipay's panel.");
    expect(upstream.acted).toEqual(['Deposit']);
  });

  it('refuses a hold that was cancelled', async () => {
    const upstream = createUpstream();
    const pay = createPay(upstream);
    await pay.cancel({ payment: hold });
    expect(await readError(pay.capture({ payment: hold, key: 'capture-1' }))).toMatchObject({ reason: 'state' });
    expect(upstream.acted).toEqual(['Cancel']);
  });
});

describe('concurrent operations (Izipay)', () => {
  it('send one call after a double click', async () => {
    const { gate, arrived, open } = createGate();
    const upstream = createUpstream([listed], { Cancel: [gate] });
    const pay = createPay(upstream);
    const clicks = [pay.cancel({ payment }), pay.cancel({ payment })];
    await arrived;
    open();
    expect((await Promise.all(clicks)).map(({ outcome }) => outcome)).toEqual(['reversed', 'reversed']);
    expect(upstream.acted).toEqual(['Cancel']);
  });

  it.each(['cancel', 'capture'] as const)('send one %s from two processes that share a ledger', async (operation) => {
    const ledger = createLedger();
    const upstream = createUpstream();
    const processes = [createPay(upstream, { ledger }), createPay(upstream, { ledger })];
    const results = await Promise.allSettled(
      processes.map((pay) => (operation === 'cancel' ? pay.cancel({ payment }) : pay.capture({ payment: hold, key: 'capture-1' }))),
    );
    const outcomes = results.map((one) => (one.status === 'fulfilled' ? one.value.outcome : (one.reason as { reason?: string }).reason));
    const end = operation === 'cancel' ? 'reversed' : 'paid';
    for (const outcome of outcomes) expect(['pending', end]).toContain(outcome);
    expect(upstream.acted).toHaveLength(1);
    expect((await processes[1]!.query(operation === 'cancel' ? payment : hold)).outcome).toBe(end);
  });

  it('send one capture from two processes with two keys', async () => {
    const ledger = createLedger();
    const upstream = createUpstream();
    const processes = [createPay(upstream, { ledger }), createPay(upstream, { ledger })];
    await Promise.allSettled(processes.map((pay, n) => pay.capture({ payment: hold, key: `capture-${n}` })));
    expect(upstream.acted).toEqual(['Deposit']);
  });

  it.each([1, 2])('either capture or cancel a hold, in %i processes', async (count) => {
    const ledger = createLedger();
    const upstream = createUpstream();
    const first = createPay(upstream, { ledger });
    const second = count === 1 ? first : createPay(upstream, { ledger });
    const results = await Promise.allSettled([first.capture({ payment: hold, key: 'capture-1' }), second.cancel({ payment: hold })]);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(upstream.acted).toHaveLength(1);
    expect((await first.query(hold)).outcome).toBe(upstream.acted[0] === 'Deposit' ? 'paid' : 'reversed');
  });

  it.each<['Deposit' | 'Cancel', object]>([
    ['Deposit', { name: 'OperationNotSupported' }],
    ['Cancel', { name: 'OperationRefused', reason: 'state' }],
  ])('see a %s that another process ended after they had queried', async (name, refusal) => {
    const ledger = createLedger();
    const { gate, arrived, open } = createGate();
    const upstream = createUpstream();
    const late = createUpstream([listed], { Search: [gate] });
    const [fast, slow] = [createPay(upstream, { ledger }), createPay(late, { ledger })];
    const waiting = readError(name === 'Deposit' ? slow.cancel({ payment: hold }) : slow.capture({ payment: hold, key: 'capture-1' }));
    // The slow process has read the ledger, and waits for Izipay.
    await arrived;
    await (name === 'Deposit' ? fast.capture({ payment: hold, key: 'capture-1' }) : fast.cancel({ payment: hold }));
    open();
    expect(await waiting).toMatchObject(refusal);
    expect([...upstream.acted, ...late.acted]).toEqual([name]);
  });

  it('quote no secret in any error', async () => {
    for (const event of [401, 400, { code: 'T05', message: account.publicKey }] satisfies Event[]) {
      const error = await readError(cancel(createUpstream([listed], { Cancel: [event] })));
      for (const secret of [...Object.values(account), 'session-token', 'S65892']) expect(String(error)).not.toContain(secret);
    }
  });
});
