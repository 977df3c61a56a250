import * as z from 'zod/mini';
import { fromBase64 } from '../../../server/base64.js';
import { decodeJson } from '../../../server/body.js';
import { check } from '../../../server/check.js';
import { Problem } from '../../../server/problem.js';
import type { Message, MessageContext, Received } from '../../../server/provider.js';
import type { Account } from './calls.js';
import { isOperationOf } from './operation-number.js';
import { findCharge, reported, transactionIn } from './outcome.js';
import { referenceIn } from './payload.js';

const pem = /^\s*-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END PUBLIC KEY-----\s*$/;

export const publicKey = () =>
  z.string().check(z.regex(pem, 'should be a public key in PEM, which begins with -----BEGIN PUBLIC KEY-----'));

/** SHA512withRSA (documentation, "Notificaciones"). */
const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };

/** What is signed, and the signature. */
interface Signed {
  /** Any of them may be what the signature is over. */
  readonly texts: readonly Uint8Array<ArrayBuffer>[];
  readonly said: unknown;
  readonly signature: unknown;
}

const returned = z.lazy(() => z.object({ authorization_result: z.string(), signature: z.string() }));

/**
 * Whether it is Pay-me that tells it, and of which order. Not even then are its words believed: whoever receives it asks Pay-me.
 *
 * @throws {Problem} `forged`, `refused`
 */
export async function receive(account: Account, keys: readonly string[], context: MessageContext): Promise<Received> {
  if (keys.length === 0) throw new TypeError('payme(): `notificationKey` should be given, for notifications and returns.');
  const { texts, said, signature } = signedIn(context.message);
  if (!(await isSigned(texts, signature, keys))) throw new Problem('forged', 'The signature of the notification is not that of Pay-me.');
  const raw = check('request', reported, said, 'The notification');
  const { merchant_operation_number: operation, transaction } = raw;
  const reference = referenceIn(transaction.additional_fields) ?? (await askFor(account, raw, context));
  if (reference === undefined) throw new Problem('refused', 'The notification names no order of ours.');
  if (await isOperationOf(operation, account.clientSecret, reference)) return { reference, result: { provider: 'payme', raw } };
  throw new Problem('forged', 'The notification is of an operation that was not made for its order.');
}

/** A notification may lack the fields that name the order; what Pay-me answers has them. */
async function askFor(account: Account, { merchant_operation_number, transaction }: z.infer<typeof reported>, context: MessageContext) {
  const id = transaction.transaction_id;
  const charge = await findCharge(account, merchant_operation_number, id, context);
  return charge && referenceIn(transactionIn(charge, id)?.additional_fields);
}

/** A notification has its signature in a header, over the body just as it came; a browser that comes back posts both in a form. */
function signedIn({ bytes, said, headers }: Message): Signed {
  const form = returned.safeParse(said);
  if (!form.success) return { texts: [bytes], said, signature: headers.get('signature') };
  const { authorization_result: result, signature } = form.data;
  const json = fromBase64(withPluses(result));
  if (!json) throw new Problem('request', 'The form: `authorization_result` should be base64.');
  // Nobody has published whether the JSON is signed, or the base64 of it.
  return { texts: [json, new TextEncoder().encode(result)], said: decodeJson(json), signature: withPluses(signature) };
}

/** Where nobody has escaped the plus signs of base64, a form has spaces for them. */
function withPluses(base64: string): string {
  return base64.replaceAll(' ', '+');
}

async function isSigned(texts: Signed['texts'], signature: unknown, keys: readonly string[]): Promise<boolean> {
  const mac = typeof signature === 'string' ? fromBase64(signature) : undefined;
  if (!mac) return false;
  const imported = await Promise.all(keys.map(importKey));
  const pairs = imported.flatMap((key) => texts.map((text) => crypto.subtle.verify(algorithm, key, mac, text)));
  return (await Promise.all(pairs)).some(Boolean);
}

async function importKey(key: string): Promise<CryptoKey> {
  const der = fromBase64(key.replace(/-----[A-Z ]+-----|\s/g, '')) as Uint8Array<ArrayBuffer>;
  try {
    return await crypto.subtle.importKey('spki', der, algorithm, false, ['verify']);
  } catch {
    throw new TypeError('payme(): `notificationKey` should be an RSA public key, but could not be read as one.');
  }
}
