import { describe, expect, it } from 'vitest';
import { createAccount } from '../../../../src/providers/micuentaweb/server/account.js';
import { micuentaweb } from '../../../../src/providers/micuentaweb/server/adapter.js';
import { verifyResult } from '../../../../src/providers/micuentaweb/server/verify-result.js';
import { answer, createRaw, createShop, options, order, orderDetails, transaction } from './facts-upstream.js';

const production = { ...options, password: 'prodpassword_a', publicKey: '89289758:publickey_a' };

/** Verifies a report while every query fails with `failure`. */
function verify(said: object, own = options, failure: Error = new TypeError('unexpected')) {
  const context = { order, result: { provider: 'micuentaweb', raw: said }, send: () => Promise.reject(failure) };
  return verifyResult(createAccount(own), context as never);
}

describe('micuentaweb()', () => {
  it('captures holds only with experimental: true', () => {
    expect(Object.keys(micuentaweb(options).operations)).toEqual(['query', 'cancel', 'refund']);
    expect(Object.keys(micuentaweb({ ...options, experimental: true }).operations)).toContain('capture');
  });

  it('accepts payments of production with the keys of production only', async () => {
    const said = { ...answer, orderDetails: { ...orderDetails, mode: 'PRODUCTION' } };
    expect(await verify(createRaw(said), production)).toMatchObject({ outcome: 'paid' });
    expect(await verify(createRaw(answer), production)).toMatchObject({ outcome: 'forged', reason: 'order' });
  });

  it('accepts a transaction that leaves its shop to the answer', async () => {
    const said = { ...answer, transactions: [{ ...transaction, shopId: null }] };
    expect(await verify(createRaw(said))).toMatchObject({ outcome: 'paid' });
  });

  it('passes an unexpected error of the query on', async () => {
    await expect(verify({})).rejects.toThrow('unexpected');
  });

  it('rejects a report that is no object', async () => {
    expect(await createShop().report(null)).toBe('422');
    expect(await createShop().report('PAID')).toBe('422');
  });
});
