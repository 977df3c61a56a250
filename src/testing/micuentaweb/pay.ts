import { readError, uncertain } from '../../providers/micuentaweb/browser/read-report.js';
import { asObject, asText } from '../http.js';
import { createCardDetails } from '../card-form.js';
import type { CardPayment, PaymentReport } from '../descriptor.js';
import { FormClient, type Answer } from './client.js';
import type { KrResult } from './types.js';

/**
 * Sends the requests of the form when a shopper pays, and passes 3DS. A refused payment has a report too, for tests of a forged request,
 * although the real form stays open while its order is.
 */
export async function pay({ fetch, token, config, card }: CardPayment): Promise<PaymentReport> {
  const client = new FormClient(fetch, token);
  const first = await client.pay(asText(config.publicKey), createCardDetails(card));
  const answer = 'challenge' in first ? await client.finish(first.challenge) : first;
  if (!('payment' in answer)) return { reported: {}, outcome: readFailure(answer) };
  const raw = createRaw(answer.payment);
  const reference = findReference(answer.payment);
  return { reported: raw, outcome: { status: 'pending', ...(reference && { reference }), raw } };
}

/** Reads the error that the form reports last, as the adapter does. */
function readFailure(answer: Answer): PaymentReport['outcome'] {
  const errorCode = 'errorCodes' in answer ? answer.errorCodes.at(-1) : undefined;
  return readError({ errorCode }, true) ?? uncertain;
}

/** Keeps the signed parts of an answer. */
function createRaw({ rawClientAnswer, hash, hashAlgorithm }: KrResult): object {
  return { rawClientAnswer, hash, hashAlgorithm };
}

function findReference({ clientAnswer }: KrResult): string {
  const transactions = asObject(clientAnswer)?.transactions;
  return asText(asObject(Array.isArray(transactions) ? transactions[0] : undefined)?.uuid);
}
