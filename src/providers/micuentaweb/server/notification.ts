import * as z from 'zod/mini';
import { check } from '../../../server/check.js';
import { Problem } from '../../../server/problem.js';
import type { ReceiveContext, ReportedPayment } from '../../../server/provider.js';
import type { Account } from './account.js';
import { listSignedAttempts, parseAnswer, type SignedAnswer } from './read-answer.js';
import { findSignedText } from './signature.js';

/** The fields of a notification that count (documentation, "IPN usage"). `kr-hash-key` does not: the channel decides the key. */
const notification = z.lazy(() => z.object({ 'kr-answer': z.string(), 'kr-hash': z.string(), 'kr-hash-algorithm': z.nullish(z.string()) }));

/** What Lyra signed, by the report that `receiveNotification` made of it. No page can send such an object. */
const notified = new WeakMap<object, SignedAnswer>();

/** Returns what Lyra signed in a notification, if the report is of one. */
export function readNotification(raw: unknown): SignedAnswer | undefined {
  return typeof raw === 'object' && raw !== null ? notified.get(raw) : undefined;
}

/**
 * Verifies that Lyra signed the notification with the password, and finds its order.
 *
 * @returns `undefined` if the message reports no attempt to pay, as after a refund
 * @throws {Problem} `forged`, `refused`, `request`
 */
export async function receiveNotification(account: Account, { message }: ReceiveContext): Promise<ReportedPayment | undefined> {
  const fields = check('request', notification, message.content, 'The notification');
  const signed = { text: fields['kr-answer'], hash: fields['kr-hash'], hashAlgorithm: fields['kr-hash-algorithm'] };
  const text = await findSignedText(signed, account.passwords);
  if (text === undefined) throw new Problem('forged', 'The notification does not have a valid signature of Lyra.');
  const answer = parseAnswer(text);
  if (!answer) throw new Problem('request', 'The notification should be a `V4/Payment` of Lyra, but has another shape.');
  if (listSignedAttempts(answer).length === 0) return undefined;
  const reference = answer.orderDetails?.orderId;
  if (reference === undefined) throw new Problem('refused', 'The notification names no order.');
  const raw = {};
  notified.set(raw, answer);
  return { reference, result: { provider: account.brand, raw } };
}
