import { outcomeOf } from '../../providers/izipay/browser/outcome-reporter.js';
import { createCardDetails } from '../card-form.js';
import type { PaymentReport, CardPayment } from '../descriptor.js';
import { readEnvironment, selectEvent, FrameClient } from './client.js';
import { validateConfig } from './validate.js';

/** What library and frame do from `LoadForm` on until the page is told, where a shopper pays with a card. */
export async function pay({ fetch, token, config, card }: CardPayment): Promise<PaymentReport> {
  // The adapter keeps the key for itself, and where the form is drawn is of no account.
  const { keyRSA: _, render: __, ...ofLibrary } = config;
  const client = new FrameClient(fetch, readEnvironment(token));
  const opened = await client.open(token, validateConfig(ofLibrary));
  const session = opened.response?.session;
  const reported = session ? await client.pay(session, createCardDetails(card)) : opened;
  return { reported, outcome: outcomeOf(reported as object, selectEvent(reported)) };
}
