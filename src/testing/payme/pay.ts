import { outcomeOf } from '../../providers/payme/browser/adapter.js';
import { createCardDetails } from '../card-form.js';
import type { PaymentReport, CardPayment } from '../descriptor.js';
import { readEnvironment, FlexClient, toReport } from './client.js';
import type { FlexOptions } from './types.js';

/** What the form does from `init()` on until it reports, where a shopper pays with a card. */
export async function pay({ fetch, token: nonce, config, card }: CardPayment): Promise<PaymentReport> {
  const client = new FlexClient(fetch, readEnvironment(nonce), { ...(config as Partial<FlexOptions>), nonce } as FlexOptions);
  await client.redeem();
  await client.open();
  const reported = toReport(await client.pay('CARD', createCardDetails(card)));
  return { reported, outcome: outcomeOf(reported) };
}
