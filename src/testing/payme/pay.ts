import { outcomeOf } from '../../providers/payme/browser/adapter.js';
import { typedCard } from '../card-form.js';
import type { PaymentReport, CardPayment } from '../descriptor.js';
import { environmentOfNonce, FlexCalls, reportOf } from './calls.js';
import type { FlexOptions } from './types.js';

/** What the form does from `init()` on until it reports, where a shopper pays with a card. */
export async function pay({ fetch, token: nonce, config, card }: CardPayment): Promise<PaymentReport> {
  const calls = new FlexCalls(fetch, environmentOfNonce(nonce), { ...(config as Partial<FlexOptions>), nonce } as FlexOptions);
  await calls.redeem();
  await calls.open();
  const reported = reportOf(await calls.pay('CARD', typedCard(card)));
  return { reported, outcome: outcomeOf(reported) };
}
