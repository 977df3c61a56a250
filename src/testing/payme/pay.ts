import { readOutcome } from '../../providers/payme/browser/adapter.js';
import { createCardDetails } from '../card-form.js';
import type { PaymentReport, CardPayment } from '../descriptor.js';
import { readEnvironment, FlexClient, toReport } from './client.js';
import type { FlexOptions } from './types.js';

/** Sends the requests of the form, from `init()` until a card payment is reported. */
export async function pay({ fetch, token: nonce, config, card }: CardPayment): Promise<PaymentReport> {
  const client = new FlexClient(fetch, readEnvironment(nonce), { ...(config as Partial<FlexOptions>), nonce } as FlexOptions);
  await client.redeem();
  await client.open();
  const reported = toReport(await client.pay('CARD', createCardDetails(card)));
  return { reported, outcome: readOutcome(reported) };
}
