import { beforeEach, describe, expect, it } from 'vitest';
import type { PayEndpoints } from '../../src/server.js';
import { createStandIns, izipayCards, paymeCards, payrocCards, type StandIns } from '../../src/testing.js';
import type { ProviderName } from '../../src/testing/providers.js';
import { openShop } from '../support/shop.js';
import { post, read, type Json } from './support.js';

let standIns: StandIns;
let shop: PayEndpoints;

beforeEach(() => {
  standIns = createStandIns();
  shop = openShop(standIns);
});

const ask = (provider: string): Promise<Json> => read(posted(shop.token, { provider, environment: 'sandbox', order: 'A-1001' }));
const tell = (provider: string, result: unknown): Promise<Json> =>
  read(posted(shop.outcome, { provider, environment: 'sandbox', order: 'A-1001', attempt: 1, result }));

function posted(endpoint: PayEndpoints['token'], body: unknown): Promise<Response> {
  return post((url, init) => endpoint(new Request(url, init)), 'https://shop.example.com/api/pay', body);
}

describe('standIns.pay', () => {
  it.each<[ProviderName, course: string, card: string, outcome: string]>([
    ['payme', 'approved', paymeCards.approved, 'paid'],
    ['payme', 'declined', paymeCards.declined, 'declined'],
    ['payme', 'pending', paymeCards.pending, 'pending'],
    ['izipay', 'approved', izipayCards.approved, 'paid'],
    ['izipay', 'declined', izipayCards.declined, 'declined'],
    ['izipay', 'undecided', izipayCards.undecided, 'pending'],
    ['payroc', 'approved', payrocCards.approved, 'paid'],
    ['payroc', 'declined', payrocCards.declined, 'declined'],
    ['payroc', 'pending', payrocCards.pending, 'pending'],
  ])('with %s and a card that is %s has the outcome endpoint say so', async (provider, _course, card, outcome) => {
    const result = await standIns.pay({ provider, answer: await ask(provider), card });
    expect(result.provider).toBe(provider);
    expect(await tell(provider, result)).toEqual({ outcome });
  });

  it('returns the same reference or single-use token as the element', async () => {
    const [payme, izipay, payroc] = await Promise.all(
      (['payme', 'izipay', 'payroc'] as const).map(async (provider) =>
        standIns.pay({ provider, answer: await ask(provider), card: paymeCards.approved }),
      ),
    );
    expect(payme?.reference).toBe((payme?.raw as { transaction: { transaction_id: string } }).transaction.transaction_id);
    expect(izipay?.reference).toBe((izipay?.raw as { response: { order: [{ uniqueId: string }] } }).response.order[0].uniqueId);
    expect(payroc).toMatchObject({ singleUseToken: (payroc?.raw as { token: string }).token });
  });

  it.each(['payme', 'izipay', 'payroc'] as const)('makes the requests of the form of %s, and no others', async (provider) => {
    const answer = await ask(provider);
    const { requests } = standIns[provider];
    const before = requests.length;
    await standIns.pay({ provider, answer, card: paymeCards.approved });
    const made = requests.slice(before).map(({ method, url }) => `${method} ${new URL(url).pathname.split('/').at(-1)}`);
    expect(made).toEqual(
      {
        payme: ['POST token', 'POST flex-session', 'POST charges'],
        izipay: ['POST session', 'POST charge'],
        payroc: ['GET configuration', 'POST fields', 'POST fields', 'POST fields', 'POST fields', 'POST single-use-tokens'],
      }[provider],
    );
  });

  it.each<[ProviderName, message: string]>([
    ['payme', 'answered 401'],
    ['izipay', 'Izipay reported a technical error with code A02.'],
  ])('with %s spends the token', async (provider, message) => {
    const answer = await ask(provider);
    await standIns.pay({ provider, answer, card: paymeCards.approved });
    await expect(standIns.pay({ provider, answer, card: paymeCards.approved })).rejects.toThrow(message);
  });

  it('rejects for an expired session of Payroc', async () => {
    const answer = await ask('payroc');
    standIns.payroc.faults.deadSessions = true;
    await expect(standIns.pay({ provider: 'payroc', answer, card: payrocCards.approved })).rejects.toThrow('unauthorised');
  });

  it('reads a response as the element does, and reports what is wrong with it', async () => {
    const pay = (answer: unknown) => standIns.pay({ provider: 'payme', answer, card: paymeCards.approved });
    await expect(pay({ type: 'urn:pay-checkout:problem:refused' })).rejects.toThrow(
      "The token endpoint's answer: `token` should be string, but was missing.",
    );
    await expect(pay(await ask('izipay'))).rejects.toThrow('The token endpoint answered for the provider `izipay`');
    await expect(
      standIns.pay({ provider: 'payme', environment: 'production', answer: await ask('payme'), card: paymeCards.approved }),
    ).rejects.toThrow('The token endpoint answered for the environment `sandbox`');
    const { token } = await ask('payme');
    await expect(pay({ token })).rejects.toThrow("The provider's `config`: `payload` should be object, but was missing.");
    const result = await pay({ data: await ask('payme') });
    expect(await tell('payme', result)).toEqual({ outcome: 'paid' });
  });

  it.each(['payme', 'izipay', 'payroc'] as const)('takes no number that the form of %s would complain of', async (provider) => {
    const answer = await ask(provider);
    await expect(standIns.pay({ provider, answer, card: '4111 1111 1111 1112' })).rejects.toThrow('The card number');
  });

  it('rejects for a form that ended without a payment', async () => {
    const answer = await ask('izipay');
    await expect(standIns.pay({ provider: 'izipay', answer, card: izipayCards.inactive })).rejects.toThrow('ended as expired');
  });
});
