import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MadeSale, SaleFault } from './payroc-upstream.js';
import { minute, pass, Shop, stopClock } from './shop.js';

beforeEach(stopClock);
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The same cases in every run, unless `FUZZ_SEED` requests others. */
const seed = Number(process.env.FUZZ_SEED || 20260302);
const runs = 60;

/** What happens at a checkout. A token is named by a small number: the same number is the same token. */
type Step =
  | { readonly kind: 'pay'; readonly tokens: readonly number[]; readonly fault?: SaleFault }
  | { readonly kind: 'restart'; readonly keepsCache: boolean }
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'price'; readonly amount: number }
  | { readonly kind: 'refund' | 'resolve'; readonly approved: boolean };

const refused = { status: 'declined', responseCode: 'D' };
const faults: fc.Arbitrary<SaleFault | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 5,
    arbitrary: fc.record({ lost: fc.constantFrom('before' as const, 'after' as const), tries: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 2, arbitrary: fc.constantFrom<SaleFault>({ result: refused }, { result: { status: 'referral', responseCode: 'R' } }) },
  { weight: 1, arbitrary: fc.constantFrom<SaleFault>({ result: { responseCode: 'E' } }, { result: { type: 'preAuthorization' } }) },
  { weight: 1, arbitrary: fc.constantFrom<SaleFault>({ refused: 'bad-request' }, { refused: 'idempotency-key-in-use', status: 409 }) },
);
const token = fc.integer({ min: 1, max: 6 });

const steps = (canLoseCache: boolean): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constant('pay' as const), tokens: fc.array(token, { minLength: 1, maxLength: 3 }), fault: faults }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('restart' as const), keepsCache: canLoseCache ? fc.boolean() : fc.constant(true) }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 4, 9, 11, 60) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('price' as const), amount: fc.constantFrom(4999, 3000) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('refund' as const, 'resolve' as const), approved: fc.boolean() }) },
  );

async function take(shop: Shop, step: Step): Promise<void> {
  if (step.kind === 'restart') shop.restart(step);
  if (step.kind === 'wait') pass(step.minutes * minute);
  if (step.kind === 'price') shop.order = { ...shop.order, amount: step.amount };
  if (step.kind === 'refund') refundFirst(shop);
  if (step.kind === 'resolve') resolveReceived(shop, step.approved);
  if (step.kind !== 'pay') return;
  if (step.fault) shop.upstream.faults.push(step.fault);
  await shop.openForm();
  await Promise.all(step.tokens.map((name) => shop.pay(`card-${name}`)));
  shop.upstream.faults.length = 0;
}

/** The merchant returns the first charge in Payroc's panel. */
function refundFirst({ upstream }: Shop): void {
  const [charge] = upstream.charges;
  if (charge) charge.refunds = [{ amount: charge.order.amount, status: 'ready', responseCode: 'A' }];
}

/** Payroc processes what it has received. */
function resolveReceived({ upstream }: Shop, approved: boolean): void {
  for (const { transactionResult: result } of upstream.sales) {
    if (result.responseCode === 'E') Object.assign(result, approved ? { responseCode: 'A' } : refused);
  }
}

/** Whether two charges are the documented exception: ten minutes passed, and Payroc's list did not have the first one. */
function isExcused([one, other]: readonly [MadeSale, MadeSale], lag: number): boolean {
  const between = Date.parse(other.order.dateTime) - Date.parse(one.order.dateTime);
  return between >= 10 * minute && between < lag;
}

function checkCharges({ upstream }: Shop): void {
  const { charges, lag } = upstream;
  for (const [n, charge] of charges.slice(1).entries()) expect(isExcused([charges[n]!, charge], lag)).toBe(true);
}

/** The shopper comes back until nothing new is reported. */
async function comeBack(shop: Shop): Promise<void> {
  pass(shop.upstream.lag + 11 * minute);
  for (let n = 0; n < 6; n += 1) {
    shop.upstream.faults.push({ result: refused });
    await shop.pay(`last-card-${n}`);
    shop.upstream.faults.length = 0;
  }
}

function checkReports({ upstream, reports }: Shop): void {
  const reported = reports.filter(
    ({ outcome, reason = '' }) => ['paid', 'authorized', 'forged'].includes(outcome) || ['unknown-state', 'price'].includes(reason),
  );
  const ids = reported.map(({ payment }) => payment.id);
  expect(ids).toEqual(expect.arrayContaining(upstream.charges.map(({ paymentId }) => paymentId)));
}

const property = (lag: number, canLoseCache: boolean) =>
  fc.asyncProperty(fc.array(steps(canLoseCache), { minLength: 2, maxLength: 14 }), async (taken) => {
    const shop = new Shop();
    shop.upstream.lag = lag;
    for (const step of taken) {
      await take(shop, step);
      checkCharges(shop);
    }
    await comeBack(shop);
    checkCharges(shop);
    checkReports(shop);
  });

describe('an order, whatever becomes of its sales', () => {
  it.each<[string, number, boolean]>([
    ['the list has every sale at once, and the cache may be lost', 0, true],
    ['a sale is in the list after five minutes', 5 * minute, false],
    ['a sale is in the list after half an hour', 30 * minute, false],
  ])('is charged once, and each charge is reported: %s', async (_, lag, canLoseCache) => {
    await fc.assert(property(lag, canLoseCache), { numRuns: runs, seed });
  });
});
