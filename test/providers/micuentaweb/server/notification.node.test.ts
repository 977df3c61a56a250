import { describe, expect, it } from 'vitest';
import { micuentaweb } from '../../../../src/providers/micuentaweb/server/adapter.js';
import { createPayEndpoints } from '../../../../src/server.js';
import type { Providers } from '../../../../src/server/endpoints-options.js';
import {
  answer,
  createError,
  createNotification,
  createRaw,
  createShop,
  createUpstream,
  listed,
  options,
  order,
  orderDetails,
  refused,
  transaction,
  unpaid,
} from './facts-upstream.js';

describe('receiveNotification (micuentaweb)', () => {
  it('reports a payment that is signed with the password, without a query', async () => {
    const { notify, reported, sent } = createShop();
    expect(await notify(createNotification(answer))).toBe(200);
    expect(reported).toMatchObject([{ outcome: 'paid', reference: transaction.uuid }]);
    expect(sent).toEqual([]);
  });

  it('accepts an older password of the list', async () => {
    const older = 'testpassword_older';
    const { notify, reported } = createShop(createUpstream(), {}, { password: [options.password as string, older] });
    expect(await notify(createNotification(answer, older))).toBe(200);
    expect(reported).toMatchObject([{ outcome: 'paid' }]);
  });

  it('rejects the result of a page as a notification, and the notification as the result of a page', async () => {
    const { notify, report, reported } = createShop();
    const { rawClientAnswer, hash } = createRaw(answer);
    const posted = { 'kr-answer': rawClientAnswer, 'kr-hash': hash, 'kr-hash-key': 'sha256_hmac', 'kr-hash-algorithm': 'sha256_hmac' };
    expect(await notify(posted)).toBe(403);
    expect(reported).toEqual([]);
    const fields = createNotification(answer);
    expect(await report({ rawClientAnswer: fields['kr-answer'], hash: fields['kr-hash'] })).toBe('forged, signature');
  });

  it.each<[string, unknown, number]>([
    ['a refund', { ...answer, transactions: [{ ...transaction, operationType: 'CREDIT' }] }, 200],
    ['a form that was abandoned', { ...answer, orderStatus: 'ABANDONED', transactions: [] }, 200],
    ['no order', { ...answer, orderDetails: null }, 404],
    ['another shape', 'V4/Payment', 422],
  ])('reports nothing for a message about %s', async (_, said, status) => {
    const { notify, reported } = createShop();
    expect(await notify(createNotification(said))).toBe(status);
    expect(reported).toEqual([]);
  });

  it('rejects fields that are not a notification, and text that is not JSON', async () => {
    expect(await createShop().notify({ 'kr-hash': 'x' })).toBe(422);
    const { notify, reported } = createShop();
    const fields = createNotification(answer);
    const { sign } = await import('./facts-upstream.js');
    expect(await notify({ ...fields, 'kr-answer': '{', 'kr-hash': sign('{', options.password as string) })).toBe(422);
    expect(reported).toEqual([]);
  });

  it('asks Lyra after a refusal, so that an older one does not replace a payment', async () => {
    const { notify, reported } = createShop(createUpstream([listed]));
    expect(await notify(createNotification(unpaid))).toBe(200);
    expect(reported).toMatchObject([{ outcome: 'paid' }]);
  });

  it('reports a signed refusal as declined without REST operations', async () => {
    const { notify, reported } = createShop(createUpstream(createError('PSP_100')));
    expect(await notify(createNotification(unpaid))).toBe(200);
    expect(reported).toMatchObject([{ outcome: 'declined', reference: refused.uuid }]);
  });

  it("is sent again by Lyra while Lyra's record does not list the refusal", async () => {
    expect(await createShop().notify(createNotification(unpaid))).toBe(503);
  });

  it('reports forged for the other environment', async () => {
    const { notify, reported } = createShop();
    await notify(createNotification({ ...answer, orderDetails: { ...orderDetails, mode: 'PRODUCTION' } }));
    expect(reported).toMatchObject([{ outcome: 'forged', reason: 'order' }]);
  });
});

describe('micuentaweb()', () => {
  const production = { password: 'prodpassword_a', publicKey: '89289758:publickey_a' };

  it('takes its environment from its keys, and its name from its brand', () => {
    expect(micuentaweb(options)).toMatchObject({ name: 'micuentaweb', environments: ['sandbox'] });
    expect(micuentaweb({ ...options, ...production, brand: 'payzen' })).toMatchObject({ name: 'payzen', environments: ['production'] });
  });

  it('must be under the name of its brand', () => {
    const payzen = micuentaweb({ ...options, brand: 'payzen' });
    const create = (providers: Providers) => () => createPayEndpoints({ environment: 'sandbox', order: () => order, providers });
    expect(create({ micuentaweb: payzen })).toThrow(/should have payzen under this name, but has it under micuentaweb/);
    expect(create({ payzen })).not.toThrow();
  });

  it.each<[string, object, RegExp]>([
    ['a password without an environment', { password: 'secret-value' }, /`password` .*testpassword_/],
    ['a public key of another shop', { publicKey: '1234:testpublickey_secret-value' }, /`publicKey` should begin with `shopId`/],
    ['a public key of the other environment', { publicKey: production.publicKey }, /`publicKey` should be of sandbox.* was of production/],
    ['passwords of two environments', { password: [options.password, production.password] }, /`password` should be of sandbox/],
    ['no key', { hashKey: [] }, /`hashKey`/],
    ['a brand that is not known', { brand: 'secret-value' }, /`brand`/],
    ['negative retries', { retries: -1 }, /`retries` should not be negative/],
  ])('refuses %s, and names the option without its value', (_, changed, message) => {
    const create = () => micuentaweb({ ...options, ...changed });
    expect(create).toThrow(message);
    expect(create).not.toThrow(/secret-value|DEMO/);
  });
});
