import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOrderId } from '../../../../src/providers/payroc/server/order-id.js';
import { createProblem } from './fake-payroc.js';
import { PayrocUpstream } from './payroc-upstream.js';
import { day, minute, pass, Shop, stopClock } from './shop.js';

beforeEach(stopClock);
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const terminalQuery = 'processingTerminalId=1234001';
const dayList = `GET /payments?${terminalQuery}&dateFrom=2026-03-01T10%3A00%3A00Z&limit=100`;
const sale = 'POST /payments';
const lookUp = async (token: string) => `GET /payments?${terminalQuery}&orderId=${await createOrderId('A-1001', token)}`;
const paid = { outcome: 'paid' };
const pending = { outcome: 'pending' };
const lostAfter = { lost: 'after', tries: 2 } as const;
const lostBefore = { lost: 'before', tries: 2 } as const;

/** Makes the cache older than a day, so that it has a record of every sale that counts. */
async function createOldShop(...args: ConstructorParameters<typeof Shop>): Promise<Shop> {
  const shop = new Shop(...args);
  const { order } = shop;
  shop.order = { ...order, reference: 'an older order' };
  await shop.pay('older-card');
  shop.order = order;
  pass(day);
  shop.upstream.sales.length = 0;
  shop.reports.length = 0;
  shop.takeRequests();
  return shop;
}

describe('a first sale', () => {
  it('lists the day’s payments while the cache is new', async () => {
    const shop = new Shop();
    expect((await shop.pay('card-1')).json).toEqual(paid);
    expect(shop.takeRequests()).toEqual([dayList, sale]);
  });

  it('needs no list once the cache is a day old', async () => {
    const shop = await createOldShop();
    expect((await shop.pay('card-1')).json).toEqual(paid);
    expect(shop.takeRequests()).toEqual([sale]);
  });

  it('lists the day’s payments while the cache fails, because another process may have made a sale', async () => {
    const shop = await createOldShop();
    shop.cache.get = () => {
      throw new Error('The cache is down.');
    };
    expect((await shop.pay('card-1')).json).toEqual(paid);
    expect(shop.takeRequests()).toEqual([expect.stringContaining('dateFrom='), sale]);
  });

  it('is made although the cache holds text that is no record', async () => {
    const shop = new Shop();
    shop.cache.get = (key) => (key.includes(':sales:') ? '{"orderId":' : undefined);
    expect((await shop.pay('card-1')).json).toEqual(paid);
    expect(shop.takeRequests()).toEqual([dayList, sale]);
  });

  it.each<[string, () => Response]>([
    ['the credentials cannot list payments', () => createProblem(403, 'forbidden')],
    ['there is no list', () => createProblem(404, 'not-found')],
    ['the list has another shape', () => Response.json({ data: 'all' })],
  ])('is made if %s, because nothing suggests an earlier one', async (_, answer) => {
    const shop = new Shop();
    shop.upstream.listAnswer = answer;
    expect((await shop.pay('card-1')).json).toEqual(paid);
  });

  it.each<[string, () => Response, number]>([
    ['fails', () => createProblem(500, 'api-error'), 502],
    ['is busy', () => new Response(null, { status: 429 }), 503],
  ])('waits while the list %s', async (_, answer, status) => {
    const shop = new Shop();
    shop.upstream.listAnswer = answer;
    expect((await shop.pay('card-1')).status).toBe(status);
    expect(shop.upstream.sales).toEqual([]);
  });

  it('finds a sale of the day on a later page, and no sale of another order', async () => {
    const shop = new Shop();
    for (let n = 0; n < 25; n += 1) {
      shop.order = { ...shop.order, reference: `A-100${n}` };
      await shop.pay(`card-${n}`);
    }
    shop.restart({ keepsCache: false });
    shop.takeRequests();
    shop.order = { ...shop.order, reference: 'A-10024' };
    expect((await shop.pay('another-card')).json).toEqual(paid);
    expect(shop.lastReport).toEqual(['paid', undefined, 'P25']);
    expect(shop.takeRequests()).toEqual([dayList, `${dayList}&after=P10`, `${dayList}&after=P20`]);
  });

  it.each<[string, object]>([
    ['without a date', { dateTime: undefined }],
    ['with a date that does not exist', { dateTime: 'yesterday' }],
  ])('finds a sale of the day %s', async (_, changed) => {
    const shop = new Shop();
    await shop.pay('card-1');
    const [made] = shop.upstream.sales;
    shop.restart({ keepsCache: false });
    shop.upstream.listAnswer = () => Response.json({ data: [{ ...made, order: { ...made!.order, ...changed } }] });
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.upstream.sales).toHaveLength(1);
  });

  it('reads at most ten pages', async () => {
    const shop = new Shop();
    const data = [{ paymentId: 'P1', order: {} }, { paymentId: 'P2' }];
    shop.upstream.listAnswer = () => Response.json({ data, hasMore: true });
    expect((await shop.pay('card-1')).json).toEqual(paid);
    const pages = shop.takeRequests().slice(0, -1);
    expect(pages).toEqual([dayList, ...Array<string>(9).fill(`${dayList}&after=P2`)]);
  });

  it.each<[string, object]>([
    ['no payment', { data: [], hasMore: true }],
    ['no id', { data: [{ paymentId: 7 }], hasMore: true, links: [{ rel: 'previous', href: '?after=x' }] }],
    ['links of another shape', { data: ['?'], hasMore: true, links: 'next' }],
  ])('ends the list at a page with %s to continue from', async (_, page) => {
    const shop = new Shop();
    shop.upstream.listAnswer = () => Response.json(page);
    expect((await shop.pay('card-1')).json).toEqual(paid);
    expect(shop.takeRequests()).toEqual([dayList, sale]);
  });
});

describe('a sale whose answer was lost', () => {
  it('is looked up at once', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push(lostAfter);
    expect((await shop.pay('card-1')).json).toEqual(paid);
    expect(shop.takeRequests()).toEqual([sale, sale, await lookUp('card-1')]);
    expect(shop.lastReport).toEqual(['paid', undefined, 'P1']);
  });

  it('is found before another card is charged', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push(lostAfter);
    shop.upstream.lag = minute;
    expect((await shop.pay('card-1')).status).toBe(502);
    pass(minute);
    shop.takeRequests();
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.takeRequests()).toEqual([await lookUp('card-1')]);
    expect(shop.lastReport).toEqual(['paid', undefined, 'P1']);
  });

  it('is found for a day after a restart without the cache', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push({ lost: 'after', tries: 9 });
    shop.upstream.listAnswer = () => createProblem(500, 'api-error');
    expect((await shop.pay('card-1')).status).toBe(502);
    shop.upstream.listAnswer = undefined;
    shop.restart({ keepsCache: false });
    const { order } = shop;
    shop.order = { ...order, reference: 'another order' };
    await shop.pay('card-of-another-order');
    shop.order = order;
    pass(day - 1);
    await shop.openForm();
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.upstream.charges).toHaveLength(2);
    expect(shop.lastReport).toEqual(['paid', undefined, 'P1']);
  });

  it('is repeated when the page asks again, and returns Payroc’s first response', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push(lostAfter);
    shop.upstream.lag = minute;
    await shop.pay('card-1');
    expect((await shop.pay('card-1')).json).toEqual(paid);
    expect(shop.upstream.charges).toHaveLength(1);
  });

  it('is pending once the page does not ask again, and names its order id', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push({ lost: 'before', tries: 4 });
    expect((await shop.pay('card-1')).status).toBe(502);
    expect((await shop.pay('card-1')).json).toEqual(pending);
    expect(shop.lastReport).toEqual(['pending', 'unanswered', undefined]);
    expect(shop.reports[0]?.payment).toMatchObject({ orderId: await createOrderId('A-1001', 'card-1'), form: 'card', amount: 4999 });
  });

  it('is pending at once after an error that the page does not repeat', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push({ refused: 'unheard-of', status: 408 });
    expect((await shop.pay('card-1')).json).toEqual(pending);
    expect(shop.lastReport).toEqual(['pending', 'unanswered', undefined]);
  });

  it('blocks another card for ten minutes, and no longer', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push(lostBefore);
    await shop.pay('card-1');
    pass(10 * minute - 1);
    expect((await shop.pay('card-2')).json).toEqual(pending);
    expect(shop.lastReport).toEqual(['pending', 'unanswered', undefined]);
    expect(shop.upstream.sales).toEqual([]);
    pass(1);
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.upstream.charges).toHaveLength(1);
  });

  it('blocks it from its last try on', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push({ lost: 'before', tries: 4 });
    await shop.pay('card-1');
    pass(9 * minute);
    await shop.pay('card-1');
    pass(9 * minute);
    expect((await shop.pay('card-2')).json).toEqual(pending);
    expect(shop.upstream.sales).toEqual([]);
  });

  it('is not repeated after another card was charged', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push(lostBefore);
    await shop.pay('card-1');
    pass(10 * minute);
    await shop.pay('card-2');
    expect((await shop.pay('card-1')).json).toEqual(paid);
    expect(shop.lastReport).toEqual(['paid', undefined, 'P1']);
    expect(shop.upstream.charges).toHaveLength(1);
  });

  it('is reported when the list has it later, before a charge that was reported', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push(lostAfter);
    shop.upstream.lag = 20 * minute;
    await shop.pay('card-1');
    pass(10 * minute);
    await shop.pay('card-2');
    expect(shop.lastReport).toEqual(['paid', undefined, 'P2']);
    pass(20 * minute);
    await shop.pay('card-3');
    expect(shop.lastReport).toEqual(['paid', undefined, 'P1']);
    expect(shop.upstream.charges).toHaveLength(2);
  });

  it('is reported one at a time with another one that was lost', async () => {
    const shop = await createOldShop();
    shop.upstream.lag = 20 * minute;
    for (const card of ['card-1', 'card-2']) {
      shop.upstream.faults.push(lostAfter);
      await shop.pay(card);
      pass(10 * minute);
    }
    pass(20 * minute);
    for (const card of ['card-3', 'card-4', 'card-5']) await shop.pay(card);
    expect(shop.reports.map(({ outcome, reference }) => [outcome, reference])).toEqual([
      ['paid', 'P1'],
      ['paid', 'P2'],
      ['paid', 'P1'],
    ]);
  });

  it('is an error while Payroc does not answer the look-up', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push(lostBefore);
    await shop.pay('card-1');
    shop.upstream.listAnswer = () => createProblem(403, 'forbidden');
    expect((await shop.pay('card-2')).status).toBe(502);
    expect(shop.upstream.sales).toEqual([]);
  });

  it('counts as undecided if its entry in the list cannot be read', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push(lostBefore);
    await shop.pay('card-1');
    const orderId = await createOrderId('A-1001', 'card-1');
    shop.upstream.listAnswer = () => Response.json({ data: [{ order: { orderId }, transactionResult: { status: 7 } }] });
    expect((await shop.pay('card-2')).json).toEqual(pending);
    expect(shop.lastReport).toEqual(['pending', 'unknown-state', undefined]);
  });

  it('is looked up with a new bearer if Payroc rejects the old one', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push(lostBefore);
    await shop.pay('card-1');
    let rejections = 1;
    shop.upstream.listAnswer = () => (rejections-- > 0 ? createProblem(401, 'not-authorized') : Response.json({ data: [] }));
    shop.takeRequests();
    expect((await shop.pay('card-1')).json).toEqual(paid);
    expect(shop.takeRequests()).toEqual([await lookUp('card-1'), await lookUp('card-1'), sale]);
  });

  it('stays recorded if Payroc rejects the credentials of its repetition', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push(lostBefore, { refused: 'not-authorized', status: 401 });
    await shop.pay('card-1');
    shop.upstream.listAnswer = () => Response.json({ data: [] });
    shop.upstream.rejectsSales = true;
    expect((await shop.pay('card-1')).status).toBe(502);
    shop.upstream.rejectsSales = false;
    expect((await shop.pay('card-2')).json).toEqual(pending);
  });

  it.each(['bad-request', 'not-found'])('is not declined by %s to its second try', async (slug) => {
    const shop = await createOldShop();
    shop.upstream.faults.push({ lost: 'before', tries: 1 });
    shop.upstream.nextRefusal = slug;
    expect((await shop.pay('card-1')).json).toEqual(pending);
    expect(shop.lastReport).toEqual(['pending', 'unanswered', undefined]);
  });
});

describe('a sale with a key in use', () => {
  it('returns the outcome of a sale that was made with other fields in `extra`', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push(lostAfter);
    shop.upstream.lag = 1;
    await shop.pay('card-1');
    shop.order = { ...shop.order, extra: { customer: { firstName: 'Sarah' } } };
    pass(1);
    expect((await shop.pay('card-1')).json).toEqual(paid);
    expect(shop.upstream.charges).toHaveLength(1);
  });

  it('is pending if that sale was made at another price', async () => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    shop.order = { ...shop.order, amount: 3000 };
    expect((await shop.pay('card-1')).json).toEqual(pending);
    expect(shop.lastReport).toEqual(['pending', 'price', 'P1']);
  });

  it('asks the page to try again while the list lacks that sale, and is pending then', async () => {
    const shop = await createOldShop();
    shop.upstream.lag = day;
    shop.upstream.faults.push(lostAfter);
    const { status } = await shop.pay('card-1');
    shop.order = { ...shop.order, amount: 3000 };
    expect(status).toBe(502);
    expect((await shop.pay('card-1')).json).toEqual(pending);
    expect(shop.lastReport).toEqual(['pending', 'unanswered', undefined]);
  });

  it('responds with 503 and Retry-After 5 s to a sale in progress', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push({ refused: 'idempotency-key-in-use', status: 409 });
    const { status, headers, json } = await shop.pay('card-1');
    expect([status, headers.get('Retry-After')]).toEqual([503, '5']);
    expect(json).toMatchObject({ type: 'urn:pay-checkout:problem:upstream-conflict', retryable: true });
    expect(shop.problems).toHaveLength(1);
    expect((await shop.pay('card-1')).json).toEqual(pending);
  });
});

describe('another card', () => {
  it.each<[string, object, string, string?]>([
    ['paid', {}, 'paid'],
    ['held', { type: 'preAuthorization' }, 'authorized'],
    ['in progress', { responseCode: 'E' }, 'pending', 'processing'],
    ['approved in part', { responseCode: 'P', authorizedAmount: 2000 }, 'pending', 'partial'],
    ['in words that we do not know', { status: 'approved' }, 'pending', 'unknown-state'],
  ])('makes no sale of an order that is %s', async (_, result, outcome, reason) => {
    const shop = await createOldShop();
    shop.upstream.faults.push({ result });
    await shop.pay('card-1');
    await shop.pay('card-2');
    expect(shop.upstream.sales).toHaveLength(1);
    expect(shop.reports.map((report) => [report.outcome, report.reason, report.reference])).toEqual(Array(2).fill([outcome, reason, 'P1']));
  });

  it.each<[string, object]>([
    ['declined', { status: 'declined', responseCode: 'D' }],
    ['referred to the bank', { status: 'referral', responseCode: 'R' }],
  ])('is charged after a sale that was %s, under its own order id', async (_, result) => {
    const shop = await createOldShop();
    shop.upstream.faults.push({ result });
    await shop.pay('card-1');
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.upstream.sales.map(({ order }) => order.orderId)).toEqual(
      await Promise.all(['card-1', 'card-2'].map((token) => createOrderId('A-1001', token))),
    );
  });

  it.each<[string, object]>([
    ['refunded', { refunds: [{ amount: 4999, status: 'ready', responseCode: 'A' }] }],
    ['reversed', { transactionResult: { type: 'sale', status: 'reversal', responseCode: 'A' } }],
    ['declined in the end', { transactionResult: { type: 'sale', status: 'declined', responseCode: 'D' } }],
  ])('is charged once the earlier sale was %s', async (_, changed) => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    Object.assign(shop.upstream.sales[0]!, changed);
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.lastReport).toEqual(['paid', undefined, 'P2']);
  });

  it('makes no sale while a refund of the earlier sale is undecided', async () => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    const refund = { refundId: 'R1', amount: 4999, status: 'pending', responseCode: 'E' };
    Object.assign(shop.upstream.sales[0]!, { refunds: [refund] });
    expect((await shop.pay('card-2')).json).toEqual(pending);
    expect(shop.lastReport).toEqual(['pending', 'processing', 'P1']);
    Object.assign(refund, { status: 'declined', responseCode: 'D' });
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.upstream.sales).toHaveLength(1);
  });

  it('makes no sale at a new price after one at the old price, which the merchant must check', async () => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    shop.order = { ...shop.order, amount: 3000 };
    expect((await shop.pay('card-2')).json).toEqual(pending);
    expect(shop.lastReport).toEqual(['pending', 'price', 'P1']);
    expect(shop.reports.at(-1)?.details).toMatchObject({ amount: 4999, currency: 'USD' });
    expect(shop.upstream.sales).toHaveLength(1);
  });

  it('is charged at the new price once the merchant has refunded the sale at the old price', async () => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    shop.order = { ...shop.order, amount: 3000 };
    await shop.pay('card-2');
    Object.assign(shop.upstream.sales[0]!, { refunds: [{ amount: 3000, status: 'ready', responseCode: 'A' }] });
    expect((await shop.pay('card-2')).json).toEqual(pending);
    Object.assign(shop.upstream.sales[0]!, { refunds: [{ amount: 4999, status: 'ready', responseCode: 'A' }] });
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.lastReport).toEqual(['paid', undefined, 'P2']);
  });

  it('is charged after a sale at the old price was declined', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push({ result: { status: 'declined', responseCode: 'D' } });
    await shop.pay('card-1');
    shop.order = { ...shop.order, amount: 3000 };
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.upstream.charges.map(({ order }) => order.amount)).toEqual([3000]);
  });

  it('is charged for an order that was opened again after its sale was reported', async () => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    pass(minute);
    shop.order = { ...shop.order, openedAt: new Date(Date.now()) };
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.upstream.charges).toHaveLength(2);
    // The first sale keeps its record: its token buys nothing again.
    expect((await shop.pay('card-1')).json).toEqual(pending);
    expect(shop.lastReport).toEqual(['pending', 'stale', 'P1']);
    expect(shop.upstream.charges).toHaveLength(2);
  });

  it('waits for a sale in another tab, and makes none', async () => {
    const shop = await createOldShop();
    const answers = await Promise.all([shop.pay('card-1'), shop.pay('card-2')]);
    expect(answers.map(({ json }) => json)).toEqual([paid, paid]);
    expect(shop.upstream.sales).toHaveLength(1);
  });

  it('makes no sale in another process that shares the cache', async () => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    shop.restart({ keepsCache: true });
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.upstream.sales).toHaveLength(1);
  });

  it('makes no sale while another order’s lost sale does not matter to it', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push(lostBefore);
    await shop.pay('card-1');
    shop.order = { ...shop.order, reference: 'A-10' };
    expect((await shop.pay('card-2')).json).toEqual(paid);
  });
});

describe('a charge that Payroc no longer lists', () => {
  it.each<[string, () => Response]>([
    ['is not in it', () => Response.json({ data: [] })],
    ['is refused', () => createProblem(403, 'forbidden')],
    ['is unreadable', () => Response.json([])],
  ])('is reported as Payroc answered it, if the list %s', async (_, answer) => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    shop.upstream.listAnswer = answer;
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.lastReport).toEqual(['paid', undefined, 'P1']);
    expect(shop.reports[1]?.payment).toEqual(shop.reports[0]?.payment);
  });

  it('is pending at a new price, and forged in a new currency', async () => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    shop.upstream.listAnswer = () => Response.json({ data: [] });
    const changes = [
      { changed: { amount: 3000 }, expected: ['pending', 'price', 'P1'] },
      { changed: { currency: 'CAD' }, expected: ['forged', 'currency', 'P1'] },
    ];
    for (const { changed, expected } of changes) {
      shop.order = { reference: 'A-1001', amount: 4999, currency: 'USD', ...changed };
      await shop.pay('card-2');
      expect(shop.lastReport).toEqual(expected);
      expect(shop.reports.at(-1)?.details).toMatchObject({ amount: 4999, currency: 'USD' });
    }
    shop.order = { reference: 'A-1001', amount: 4999, currency: 'USD' };
    await shop.pay('card-2');
    expect(shop.lastReport).toEqual(['paid', undefined, 'P1']);
  });

  it('is pending at a new price, without a reference if Payroc gave none', async () => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    const [[key, value]] = [...shop.cache].filter(([name]) => name.includes(':sales:')).slice(-1) as [[string, string]];
    shop.cache.set(key, value.replace(',"reference":"P1"', ''));
    shop.upstream.listAnswer = () => Response.json({ data: [] });
    shop.order = { ...shop.order, amount: 3000 };
    await shop.pay('card-2');
    expect(shop.lastReport).toEqual(['pending', 'price', undefined]);
  });

  it('is an error while the list fails', async () => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    shop.upstream.listAnswer = () => createProblem(500, 'api-error');
    expect((await shop.pay('card-2')).status).toBe(502);
    expect((await shop.pay('card-1')).status).toBe(502);
  });
});

describe('the same token', () => {
  it('reports a refund instead of repeating Payroc’s first response', async () => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    shop.upstream.sales[0]!.refunds = [{ amount: 4999, status: 'ready', responseCode: 'A' }];
    for (let n = 0; n < 2; n += 1) expect((await shop.pay('card-1')).json).toEqual({ outcome: 'declined', reason: 'returned' });
    expect(shop.lastReport).toEqual(['refunded', undefined, 'P1']);
  });

  it('is declined again', async () => {
    const shop = await createOldShop();
    shop.upstream.faults.push({ result: { status: 'declined', responseCode: 'D' } });
    for (let n = 0; n < 2; n += 1) expect((await shop.pay('card-1')).json).toEqual({ outcome: 'declined' });
    expect(shop.upstream.sales).toHaveLength(1);
  });
});

describe('a refused sale', () => {
  it.each<[string, number, string]>([
    ['bad-request', 400, 'refused'],
    ['capabilities-missing', 400, 'refused'],
    ['cannot-be-modified', 409, 'refused'],
    ['card-type-not-supported', 400, 'card-type'],
  ])('is declined after %s, and another card may be used at once', async (slug, status, reason) => {
    const shop = await createOldShop();
    shop.upstream.faults.push({ refused: slug, status });
    expect((await shop.pay('card-1')).json).toEqual({ outcome: 'declined' });
    expect(shop.lastReport).toEqual(['declined', reason, undefined]);
    expect((await shop.pay('card-2')).json).toEqual(paid);
  });

  it.each([
    ['not-authorized', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['not-acceptable', 406],
    ['unsupported-media-type', 415],
    ['idempotency-key-missing', 400],
  ])('is an error after %s, and blocks no other card', async (slug, status) => {
    const shop = await createOldShop();
    shop.upstream.faults.push({ refused: slug, status });
    expect((await shop.pay('card-1')).status).toBe(502);
    expect(shop.reports).toEqual([]);
    expect((await shop.pay('card-2')).json).toEqual(paid);
  });
});

describe('an order that the merchant knows as pending', () => {
  const createPending = async (result?: object) => {
    const shop = await createOldShop();
    if (result) {
      shop.upstream.faults.push({ result });
      await shop.pay('card-1');
    }
    shop.order = { ...shop.order, settled: 'pending' };
    return shop;
  };

  it('is only looked up', async () => {
    const shop = await createPending({ responseCode: 'E' });
    shop.takeRequests();
    expect((await shop.pay('card-1')).json).toEqual(pending);
    expect(shop.takeRequests()).toEqual([await lookUp('card-1')]);
    expect(shop.lastReport).toEqual(['pending', 'processing', 'P1']);
  });

  it.each<[string, object, string]>([
    ['approved', { status: 'ready', responseCode: 'A' }, 'paid'],
    ['declined', { status: 'declined', responseCode: 'D' }, 'declined'],
    ['reversed', { status: 'reversal', responseCode: 'E' }, 'reversed'],
  ])('is %s later', async (_, transactionResult, outcome) => {
    const shop = await createPending({ responseCode: 'E' });
    shop.upstream.sales[0]!.transactionResult = { type: 'sale', ...transactionResult };
    await shop.pay('another-card');
    expect(shop.lastReport).toEqual([outcome, undefined, 'P1']);
  });

  it('finds a sale that the cache does not have', async () => {
    const shop = await createPending({ responseCode: 'E' });
    shop.cache.clear();
    await shop.pay('card-1');
    expect(shop.lastReport).toEqual(['pending', 'processing', 'P1']);
  });

  it('finds a sale that is older than a day by its token', async () => {
    const shop = await createPending({ responseCode: 'E' });
    shop.cache.clear();
    pass(2 * day);
    await shop.pay('card-1');
    expect(shop.lastReport).toEqual(['pending', 'processing', 'P1']);
  });

  it('is pending if Payroc does not know it', async () => {
    const shop = await createPending();
    expect((await shop.pay('card-1')).json).toEqual(pending);
    expect(shop.lastReport).toEqual(['pending', 'not-found', undefined]);
    expect(shop.upstream.sales).toEqual([]);
  });

  it('is unanswered if a sale was lost', async () => {
    const shop = await createPending();
    shop.order = { ...shop.order, settled: undefined };
    shop.upstream.faults.push(lostBefore);
    await shop.pay('card-1');
    shop.order = { ...shop.order, settled: 'pending' };
    pass(day);
    await shop.pay('card-2');
    expect(shop.lastReport).toEqual(['pending', 'unanswered', undefined]);
    expect(shop.upstream.sales).toEqual([]);
  });
});

describe('the record in the cache', () => {
  it('is written before the sale is sent, without the token', async () => {
    const shop = await createOldShop();
    const recorded: string[] = [];
    const { fetch } = shop.upstream;
    Object.assign(shop.upstream, {
      fetch: (url: string, init: RequestInit) => {
        if (init.method === 'POST') recorded.push([...shop.cache].map((entry) => entry.join(' ')).join('\n'));
        return fetch(url, init);
      },
    });
    shop.restart({ keepsCache: true });
    await shop.pay('secret-token');
    expect(recorded[0]).toContain(`"orderId":"${await createOrderId('A-1001', 'secret-token')}"`);
    expect([...shop.cache].join('\n')).not.toContain('secret-token');
  });

  it('stays for seven days after its last change, and the age of the cache for a year', async () => {
    const shop = new Shop();
    const lifetimes = new Map<string, number>();
    shop.onStore = (key, ttl) => lifetimes.set(key.replace(/:[^:]*$/, ''), ttl);
    await shop.pay('card-1');
    expect(Object.fromEntries(lifetimes)).toMatchObject({
      'pay-checkout:payroc:sandbox:1234001:card:sales': 7 * day,
      'pay-checkout:payroc:sandbox:1234001:card': 365 * day,
    });
  });

  it.each(['', 'null', '{}', '[{}]', 'not json'])('counts as lost if it is %j', async (broken) => {
    const shop = await createOldShop();
    await shop.pay('card-1');
    for (const key of shop.cache.keys()) shop.cache.set(key, broken);
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.lastReport).toEqual(['paid', undefined, 'P1']);
    expect(shop.upstream.sales).toHaveLength(1);
  });

  it('is written again if it was lost while the sale was made', async () => {
    const shop = await createOldShop();
    const { fetch } = shop.upstream;
    Object.assign(shop.upstream, {
      fetch: (url: string, init: RequestInit) => {
        if (url.endsWith('/payments')) for (const key of shop.cache.keys()) shop.cache.set(key, 'broken');
        return fetch(url, init);
      },
    });
    shop.restart({ keepsCache: true });
    await shop.pay('card-1');
    expect([...shop.cache.values()].join()).toContain('"end":{"outcome":"paid","reference":"P1"}');
  });

  it('keeps the five latest sales', async () => {
    const shop = await createOldShop();
    for (let n = 0; n < 12; n += 1) {
      shop.upstream.faults.push({ result: { status: 'referral', responseCode: 'R' } });
      await shop.pay(`card-${n}`);
    }
    shop.takeRequests();
    await shop.pay('card-12');
    const lookUps = await Promise.all(Array.from({ length: 5 }, (_, n) => lookUp(`card-${n + 7}`)));
    expect(shop.takeRequests()).toEqual([...lookUps, sale]);
  });

  it('does not hide the sales of another process without a shared cache', async () => {
    const upstream = new PayrocUpstream();
    const [one, other] = [new Shop({}, upstream), new Shop({}, upstream)];
    for (const shop of [one, other]) {
      shop.hasCache = false;
      shop.restart({ keepsCache: false });
    }
    upstream.faults.push({ result: { status: 'referral', responseCode: 'R' } });
    await one.pay('card-1');
    pass(day);
    expect((await other.pay('card-2')).json).toEqual(paid);
    expect((await one.pay('card-3')).json).toEqual(paid);
    expect(one.lastReport).toEqual(['paid', undefined, 'P2']);
    expect(upstream.charges).toHaveLength(1);
  });

  it('is not needed if the cache is down: the list has the sale', async () => {
    const shop = new Shop();
    Object.assign(shop.cache, { get: () => undefined, set: () => Promise.reject(new Error('down')) });
    await shop.pay('card-1');
    expect((await shop.pay('card-2')).json).toEqual(paid);
    expect(shop.upstream.sales).toHaveLength(1);
  });
});

describe('a bank transfer', () => {
  it('is looked up among bank transfers', async () => {
    const shop = await createOldShop({ form: 'ach' });
    shop.upstream.faults.push(lostAfter);
    expect((await shop.pay('account-1')).json).toEqual(paid);
    expect(shop.takeRequests()).toEqual([
      'POST /bank-transfer-payments',
      'POST /bank-transfer-payments',
      (await lookUp('account-1')).replace('/payments', '/bank-transfer-payments'),
    ]);
  });
});
