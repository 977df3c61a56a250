import { asObject, asText } from '../http.js';
import { createCardDetails } from '../card-form.js';
import type { CardPayment, PaymentReport } from '../descriptor.js';
import { FormClient, type Answer } from './client.js';

/** Sends the requests of the form when a shopper pays, and passes 3DS. A refused payment has a report too, for tests of a forged request. */
export async function pay({ fetch, token, config, card }: CardPayment): Promise<PaymentReport> {
  const client = new FormClient(fetch, token);
  const first = await client.pay(asText(config.publicKey), createCardDetails(card));
  const answer = 'challenge' in first ? await client.finish(first.challenge) : first;
  const raw = createRaw(answer);
  const reference = findReference(answer);
  return { reported: raw, outcome: { status: 'pending', ...(reference && { reference }), raw } };
}

/** Keeps the signed parts of an answer. Without them, the server asks Lyra. */
function createRaw(answer: Answer): object {
  if (!('payment' in answer)) return {};
  const { rawClientAnswer, hash, hashAlgorithm } = answer.payment;
  return { rawClientAnswer, hash, hashAlgorithm };
}

function findReference(answer: Answer): string {
  if (!('payment' in answer)) return '';
  const transactions = asObject(answer.payment.clientAnswer)?.transactions;
  return asText(asObject(Array.isArray(transactions) ? transactions[0] : undefined)?.uuid);
}
