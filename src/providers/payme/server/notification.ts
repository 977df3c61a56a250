import { Problem } from '../../../server/problem.js';
import type { ReceiveContext, ReportedPayment } from '../../../server/provider.js';
import { readOrderReference } from './build-payload.js';
import type { Account } from './calls.js';
import { findTransaction } from './charge-record.js';
import { fetchCharge } from './fetch-charge.js';
import type { PublicKey } from './notification-keys.js';
import { isOperationNumberFor } from './operation-number.js';
import { recallOrder } from './operation-store.js';
import { readReportedCharge, type ReportedCharge } from './reported-charge.js';
import { readSignedMessage } from './signed-message.js';

/**
 * Verifies that Pay-me signed the message, and finds its order. The message does not decide the outcome: `verify` requests that from
 * Pay-me.
 *
 * @throws {Problem} `forged`, `refused`, `request`, `upstream-…`
 */
export async function receiveNotification(account: Account, keys: readonly PublicKey[], context: ReceiveContext): Promise<ReportedPayment> {
  if (keys.length === 0)
    throw new TypeError('payme(): `notificationKey` should be a public key, but was missing. Notifications and returns need it.');
  const raw = await readSignedMessage(context.message, keys);
  const reported = readReportedCharge(raw, 'The notification');
  const reference = await findReference(account, reported, context);
  if (reference === undefined) throw new Problem('refused', 'The notification names no order.');
  if (await isOperationNumberFor(reported.operation, account.clientSecrets, reference))
    return { reference, result: { provider: 'payme', raw } };
  const detail = 'The notification is for an operation that was not created for its order, or with a `clientSecret` that is not listed.';
  throw new Problem('forged', detail, { reference });
}

/** Finds the order's reference: in the message, in Pay-me's own record, or in the cache, because the first two may lack the fields. */
async function findReference(account: Account, reported: ReportedCharge, context: ReceiveContext): Promise<string | undefined> {
  const named = readOrderReference(reported.fields);
  if (named !== undefined) return named;
  const charge = await fetchCharge(account, reported, context);
  const places = charge ? [findTransaction(charge, reported.transactionId), charge.operation, ...charge.operation.transactions] : [];
  const [found] = places.flatMap((place) => readOrderReference(place?.additional_fields) ?? []);
  return found ?? recallOrder(context, reported.operation);
}
