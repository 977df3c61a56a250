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
  let reference: string | undefined;
  for await (const named of listReferences(account, reported, context)) {
    if (await isOperationNumberFor(reported.operation, account.clientSecrets, named))
      return { reference: named, result: { provider: 'payme', raw } };
    reference ??= named;
  }
  if (reference === undefined) throw new Problem('refused', 'The notification names no order.');
  const detail = 'The notification is for an operation that was not created for its order, or with a `clientSecret` that is not listed.';
  throw new Problem('forged', detail, { reference });
}

/**
 * Lists what may be the order's reference: the field of the message, and the cache, because Pay-me may return the field in another form.
 * Without both, Pay-me's own record may name it.
 */
async function* listReferences(account: Account, reported: ReportedCharge, context: ReceiveContext): AsyncGenerator<string> {
  const found = [readOrderReference(reported.fields), await recallOrder(context, reported.operation)].filter((one) => one !== undefined);
  if (found.length > 0) return yield* found;
  const charge = await fetchCharge(account, reported, context);
  const places = charge ? [findTransaction(charge, reported.transactionId), charge.operation, ...charge.operation.transactions] : [];
  yield* places.flatMap((place) => readOrderReference(place?.additional_fields) ?? []);
}
