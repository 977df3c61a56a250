import * as z from 'zod/mini';
import { decodeBase64, restorePluses } from '../../../server/base64.js';
import { decodeJson } from '../../../server/body.js';
import { Problem } from '../../../server/problem.js';
import { createBodyReadProblem } from '../../../server/recover-body.js';
import type { ProviderMessage } from '../../../server/provider.js';
import type { PublicKey } from './notification-keys.js';

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
 * Returns the content of a message after verifying that Pay-me signed it.
 *
 * @throws {Problem} `forged`, `request`, `body-read`
 */
export async function readSignedMessage(message: ProviderMessage, keys: readonly PublicKey[]): Promise<unknown> {
  const { texts, content, signature } = extractSignedContent(message);
  if (await verifySignature(texts, signature, keys)) return content;
  // The message may be genuine. Pay-me sends it again after a 500.
  if (message.isRebuilt && texts.includes(message.bytes)) throw createBodyReadProblem('The signature cannot be verified');
  throw new Problem('forged', 'The notification does not have a valid signature of Pay-me.');
}

/** A notification has its signature in a header, over the unchanged body. A returning browser posts content and signature in a form. */
function extractSignedContent({ bytes, content, headers }: ProviderMessage): SignedContent {
  const form = returnForm.safeParse(content);
  if (!form.success) return { texts: [bytes], content, signature: headers.get('signature') };
  const { authorization_result: result, signature } = form.data;
  const base64 = restorePluses(result);
  const json = decodeBase64(base64);
  if (!json) throw new Problem('request', 'The form: `authorization_result` should be base64.');
  // The documentation says that the signature covers the base64. It did not always say so: some accounts may sign the JSON.
  const texts = [new TextEncoder().encode(base64), json];
  return { texts, content: decodeJson(json), signature: restorePluses(signature) };
}

async function verifySignature(texts: SignedContent['texts'], signature: unknown, keys: readonly PublicKey[]): Promise<boolean> {
  const bytes = typeof signature === 'string' ? decodeBase64(signature) : undefined;
  if (!bytes) return false;
  const imported = await Promise.all(keys.map((key) => crypto.subtle.importKey('spki', key, algorithm, false, ['verify'])));
  const checks = imported.flatMap((key) => texts.map((text) => crypto.subtle.verify(algorithm, key, bytes, text)));
  return (await Promise.all(checks)).some(Boolean);
}
