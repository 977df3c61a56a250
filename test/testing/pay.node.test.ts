import { beforeEach, describe, expect, it } from 'vitest';
import type { PayEndpoints } from '../../src/server.js';
import { createStandIns, izipayCards, paymeCards, type StandIns } from '../../src/testing.js';
import { providerNames } from '../../src/testing/providers.js';
import { importOfEachProvider } from '../support/provider-files.js';
import { openShop } from '../support/shop.js';
import type { PaidForm } from './paid-form.js';
import { post, read, type Json } from './support.js';

const modules = await importOfEachProvider<{ paidForm: PaidForm }>('paid-form');

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
  const courses = providerNames.flatMap((provider) =>
    Object.entries(modules[provider].paidForm.cards).map(([outcome, card]) => [provider, outcome, card] as const),
  );

  it.each(courses)('with %s makes the outcome endpoint respond `%s`', async (provider, outcome, card) => {
    const result = await standIns.pay({ provider, answer: await ask(provider), card });
    expect(result.provider).toBe(provider);
    expect(await tell(provider, result)).toEqual({ outcome });
  });

  describe.each(providerNames)('with %s', (provider) => {
    const { cards, requests: expected, fieldsIn } = modules[provider].paidForm;

    it('returns the same reference or single-use token as the element', async () => {
      const result = await standIns.pay({ provider, answer: await ask(provider), card: cards.paid });
      expect(result).toMatchObject(fieldsIn(result.raw));
    });

    it('makes the requests of the form, and no others', async () => {
      const answer = await ask(provider);
      const { requests } = standIns[provider];
      const before = requests.length;
      await standIns.pay({ provider, answer, card: cards.paid });
      const made = requests.slice(before).map(({ method, url }) => `${method} ${new URL(url).pathname.split('/').at(-1)}`);
      expect(made).toEqual(expected);
    });

    it('refuses a number that the form would refuse', async () => {
      const answer = await ask(provider);
      await expect(standIns.pay({ provider, answer, card: '4111 1111 1111 1112' })).rejects.toThrow('The card number');
    });
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

  const once = providerNames.flatMap((provider) => {
    const { spentToken } = modules[provider].paidForm;
    return spentToken ? [[provider, spentToken] as const] : [];
  });

  it.each(once)('with %s spends the token', async (provider, spentToken) => {
    const answer = await ask(provider);
    const { paid: card } = modules[provider].paidForm.cards;
    await standIns.pay({ provider, answer, card });
    await expect(standIns.pay({ provider, answer, card })).rejects.toThrow(spentToken);
  });

  it('rejects for an expired session of Payroc', async () => {
    const answer = await ask('payroc');
    standIns.payroc.faults.deadSessions = true;
    await expect(standIns.pay({ provider: 'payroc', answer, card: modules.payroc.paidForm.cards.paid })).rejects.toThrow('unauthorised');
  });

  it('rejects for a form that ended without a payment', async () => {
    const answer = await ask('izipay');
    await expect(standIns.pay({ provider: 'izipay', answer, card: izipayCards.inactive })).rejects.toThrow('ended as expired');
  });
});
