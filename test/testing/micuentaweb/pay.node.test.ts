import { describe, expect, it } from 'vitest';
import { micuentaweb } from '../../../src/providers/micuentaweb/server/adapter.js';
import { createPayEndpoints, type PaymentOutcome } from '../../../src/server.js';
import { pay } from '../../../src/testing/micuentaweb/pay.js';
import { createMicuentawebApi, micuentawebCards } from '../../../src/testing/micuentaweb/public.js';
import { sampleAccount } from '../../../src/testing/micuentaweb/sample-account.js';
import { createRequest } from '../../server/fake-payme.js';

const request = { provider: 'micuentaweb', environment: 'sandbox', order: 'A-1001' };

interface IssuedToken {
  readonly token: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A shop with the server half on the stand-in's API. */
function openShop() {
  const { fetch } = createMicuentawebApi();
  const outcomes: PaymentOutcome[] = [];
  const shop = createPayEndpoints({
    ...{ environment: 'sandbox', providers: { micuentaweb: micuentaweb(sampleAccount) }, fetch },
    order: () => ({ reference: 'A-1001', amount: 1050, currency: 'PEN' }),
    onOutcome: (outcome) => void outcomes.push(outcome),
  });
  return {
    async pay(card: string) {
      const { token, config } = (await (await shop.token(createRequest(request))).json()) as IssuedToken;
      return pay({ fetch, token, config, card });
    },
    async confirm(raw: unknown) {
      await shop.outcome(createRequest({ ...request, attempt: 1, result: { provider: 'micuentaweb', raw } }));
      return outcomes[0]!;
    },
  };
}

/** Pays an order by card, and reports it to the backend. */
async function payOrder(card: string): Promise<PaymentOutcome> {
  const shop = openShop();
  const { outcome } = await shop.pay(card);
  return shop.confirm('raw' in outcome ? outcome.raw : undefined);
}

describe('pay', () => {
  it.each([
    ['paid', 'approved', undefined],
    ['paid', 'challenge', undefined],
    ['paid', 'undecided', undefined],
    ['declined', 'declined', undefined],
    ['declined', 'challengeDeclined', undefined],
    ['pending', 'pending', 'processing'],
    ['pending', 'partial', 'partial'],
    ['pending', 'unknown', 'unknown-state'],
  ] as const)('ends %s for the card %s', async (outcome, card, reason) => {
    const { outcome: found, reason: why } = await payOrder(micuentawebCards[card]);
    expect([found, why]).toEqual([outcome, reason]);
  });

  it('never ends paid or declined for the card unsigned, of which nothing is signed', async () => {
    expect(await payOrder(micuentawebCards.unsigned)).toMatchObject({ outcome: 'pending' });
  });

  it('expires for the card challengeTimedOut, as the form does', async () => {
    const { outcome } = await openShop().pay(micuentawebCards.challengeTimedOut);
    expect(outcome).toEqual({ status: 'expired' });
  });
});
