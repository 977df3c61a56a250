import { outcomeOf } from '../../providers/izipay/browser/voice.js';
import { typedCard } from '../card-form.js';
import type { PaymentReport, CardPayment } from '../descriptor.js';
import { environmentOfToken, eventOf, FrameCalls } from './calls.js';
import { validated } from './validate.js';

/** What library and frame do from `LoadForm` on until the page is told, where a shopper pays with a card. */
export async function pay({ fetch, token, config, card }: CardPayment): Promise<PaymentReport> {
  // The adapter keeps the key for itself, and where the form is drawn is of no account.
  const { keyRSA: _, render: __, ...ofLibrary } = config;
  const calls = new FrameCalls(fetch, environmentOfToken(token));
  const opened = await calls.open(token, validated(ofLibrary));
  const session = opened.response?.session;
  const reported = session ? await calls.pay(session, typedCard(card)) : opened;
  return { reported, outcome: outcomeOf(reported as object, eventOf(reported)) };
}
