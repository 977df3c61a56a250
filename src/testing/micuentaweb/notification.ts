import type { Account, Order, SentNotification, Transaction } from './account.js';
import { describePayment } from './describe-payment.js';
import { sign } from './signing.js';

/** Records the notification of a transaction as it is now. Lyra sends it before the form receives its answer (documentation, "IPN"). */
export function recordNotification(account: Account, order: Order, transaction: Transaction, source: string): void {
  const answer = JSON.stringify(describePayment(account, order, [transaction]));
  order.notifications.push({ uuid: transaction.uuid, source, answer });
}

/** Creates the notifications about a transaction, by its `uuid`, or an order, by its `orderId`; oldest first. */
export function createNotifications(account: Account, id: string, url?: string): Promise<Request[]> {
  return Promise.all(findNotifications(account, id).map((found) => createNotification(account, found, url)));
}

/** @throws {Error} if there is none */
export async function createLastNotification(account: Account, id: string, url?: string): Promise<Request> {
  const found = findNotifications(account, id).at(-1);
  if (!found) throw new Error('There is no notification of this payment. Check the id, and pay first.');
  return createNotification(account, found, url);
}

function findNotifications({ orders }: Account, id: string): { readonly order: Order; readonly sent: SentNotification }[] {
  return orders.flatMap((order) => {
    const own = order.notifications.filter(({ uuid }) => uuid === id || order.orderId === id);
    return own.map((sent) => ({ order, sent }));
  });
}

/**
 * Creates the request that Lyra posts, form-encoded and signed with the password.
 *
 * @param url replaces the `ipnTargetUrl`
 * @throws {Error} without any of them
 */
async function createNotification(
  { settings, faults }: Account,
  { order, sent }: { readonly order: Order; readonly sent: SentNotification },
  url = order.ipnTargetUrl,
): Promise<Request> {
  if (!url) throw new Error(missingAddress);
  const hash = await sign(sent.answer, faults.notificationPassword ?? settings.password);
  const body = new URLSearchParams({
    ...{ 'kr-hash': hash, 'kr-hash-key': 'password', 'kr-hash-algorithm': 'sha256_hmac' },
    ...{ 'kr-answer-type': 'V4/Payment', 'kr-src': sent.source, 'kr-answer': sent.answer },
  });
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return new Request(url, { method: 'POST', headers, body: body.toString() });
}

const missingAddress =
  'This payment has no address for notifications. Pass a `url`, or set `notificationUrl` in the options of the provider. Then pay again.';
