import { readOutcome } from '../../providers/izipay/browser/outcome-reporter.js';
import { createCardDetails } from '../card-form.js';
import type { PaymentReport, CardPayment } from '../descriptor.js';
import { readEnvironment, selectEvent, FrameClient } from './client.js';
import { validateConfig } from './validate.js';

/** Sends the requests of the library and its iframe, from `LoadForm` until a card payment is reported. */
export async function pay({ fetch, token, config, card }: CardPayment): Promise<PaymentReport> {
  // The adapter does not pass the key to the library, and the form's container does not matter here.
  const { keyRSA: _, render: __, ...ofLibrary } = config;
  const client = new FrameClient(fetch, readEnvironment(token));
  const opened = await client.open(token, validateConfig(ofLibrary));
  const session = opened.response?.session;
  const reported = session ? await client.pay(session, createCardDetails(card)) : opened;
  return { reported, outcome: readOutcome(reported as object, selectEvent(reported)) };
}
