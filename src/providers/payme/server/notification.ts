import * as z from 'zod/mini';
import { decodeBase64, restorePluses } from '../../../server/base64.js';
import { decodeJson } from '../../../server/body.js';
import { check } from '../../../server/check.js';
import { Problem } from '../../../server/problem.js';
import type { ProviderMessage, ReceiveContext, ReportedPayment } from '../../../server/provider.js';
import type { Account } from './calls.js';
import { isOperationNumberFor } from './operation-number.js';
import { fetchCharge, reportedCharge, findTransaction } from './verify-charge.js';
import { readOrderReference } from './build-payload.js';

const pem = /^\s*-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END PUBLIC KEY-----\s*$/;

export const publicKey = () =>
  z.string().check(z.regex(pem, 'should be a public key in PEM, which begins with -----BEGIN PUBLIC KEY-----'));

/** SHA512withRSA (documentation, "Notificaciones"). */
const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };

/** A message's signed content, with its signature. */
interface SignedContent {
  /** The signature may cover any one of them. */
  readonly texts: readonly Uint8Array<ArrayBuffer>[];
  readonly content: unknown;
  readonly signature: unknown;
}

const returnForm = z.lazy(() => z.object({ authorization_result: z.string(), signature: z.string() }));

/**
 * Verifies that Pay-me signed the message, and finds its order. The message does not decide the outcome: `verify` requests that from
 * Pay-me.
 *
 * @throws {Problem} `forged`, `refused`
 */
export async function receiveNotification(account: Account, keys: readonly string[], context: ReceiveContext): Promise<ReportedPayment> {
  if (keys.length === 0)
    throw new TypeError('payme(): `notificationKey` should be a public key, but was missing. Notifications and returns need it.');
  const { texts, content, signature } = extractSignedContent(context.message);
  if (!(await verifySignature(texts, signature, keys)))
    throw new Problem('forged', 'The notification does not have a valid signature of Pay-me.');
  const raw = check('request', reportedCharge, content, 'The notification');
  const { merchant_operation_number: operation, transaction } = raw;
  const reference = readOrderReference(transaction.additional_fields) ?? (await fetchReference(account, raw, context));
  if (reference === undefined) throw new Problem('refused', 'The notification names no order.');
  if (await isOperationNumberFor(operation, account.clientSecret, reference)) return { reference, result: { provider: 'payme', raw } };
  throw new Problem('forged', 'The notification is for an operation that was not created for its order.');
}

/** Requests the order's reference from Pay-me, because a notification may lack the fields that name the order. */
async function fetchReference(
  account: Account,
  { merchant_operation_number, transaction }: z.infer<typeof reportedCharge>,
  context: ReceiveContext,
) {
  const id = transaction.transaction_id;
  const charge = await fetchCharge(account, merchant_operation_number, id, context);
  return charge && readOrderReference(findTransaction(charge, id)?.additional_fields);
}

/** A notification has its signature in a header, over the unchanged body. A returning browser posts content and signature in a form. */
function extractSignedContent({ bytes, content, headers }: ProviderMessage): SignedContent {
  const form = returnForm.safeParse(content);
  if (!form.success) return { texts: [bytes], content, signature: headers.get('signature') };
  const { authorization_result: result, signature } = form.data;
  const json = decodeBase64(restorePluses(result));
  if (!json) throw new Problem('request', 'The form: `authorization_result` should be base64.');
  // Pay-me does not document whether it signs the JSON or its base64, so either may match.
  return { texts: [json, new TextEncoder().encode(result)], content: decodeJson(json), signature: restorePluses(signature) };
}

async function verifySignature(texts: SignedContent['texts'], signature: unknown, keys: readonly string[]): Promise<boolean> {
  const bytes = typeof signature === 'string' ? decodeBase64(signature) : undefined;
  if (!bytes) return false;
  const imported = await Promise.all(keys.map(importKey));
  const checks = imported.flatMap((key) => texts.map((text) => crypto.subtle.verify(algorithm, key, bytes, text)));
  return (await Promise.all(checks)).some(Boolean);
}

async function importKey(key: string): Promise<CryptoKey> {
  const der = decodeBase64(key.replace(/-----[A-Z ]+-----|\s/g, '')) as Uint8Array<ArrayBuffer>;
  try {
    return await crypto.subtle.importKey('spki', der, algorithm, false, ['verify']);
  } catch {
    throw new TypeError('payme(): `notificationKey` should be an RSA public key, but could not be read as one.');
  }
}
