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

/** Pays an order by card, with the server half on the stand-in's API. */
async function payOrder(card: string): Promise<PaymentOutcome> {
  const { fetch } = createMicuentawebApi();
  const outcomes: PaymentOutcome[] = [];
  const shop = createPayEndpoints({
    ...{ environment: 'sandbox', providers: { micuentaweb: micuentaweb(sampleAccount) }, fetch },
    order: () => ({ reference: 'A-1001', amount: 1050, currency: 'PEN' }),
    onOutcome: (outcome) => void outcomes.push(outcome),
  });
  const { token, config } = (await (await shop.token(createRequest(request))).json()) as IssuedToken;
  const { outcome } = await pay({ fetch, token, config, card });
  const raw = 'raw' in outcome ? outcome.raw : undefined;
  await shop.outcome(createRequest({ ...request, attempt: 1, result: { provider: 'micuentaweb', raw } }));
  return outcomes[0]!;
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

  it.each(['unsigned', 'challengeTimedOut'] as const)(
    'never ends paid or declined for the card %s, of which nothing is signed',
    async (card) => {
      expect(await payOrder(micuentawebCards[card])).toMatchObject({ outcome: 'pending' });
    },
  );
});
