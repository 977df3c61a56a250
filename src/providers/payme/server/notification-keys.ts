import { decodeBase64 } from '../../../server/base64.js';
import { describeKind } from '../../../shared/schema.js';
import { readPublicKey, wrapRsaPublicKey } from './rsa-public-key.js';

/** A public key in DER, as `SubjectPublicKeyInfo`, which the Web Crypto API imports. */
export type PublicKey = Uint8Array<ArrayBuffer>;

/** Either a key, or what was found in its place. */
type Finding = { readonly key: PublicKey } | { readonly found: string };

/** A message with fewer bits is easier to forge. Pay-me's own keys have 2048 (documentation, "Notificaciones"). */
const minimumBits = 2048;
const expected = `an RSA public key of at least ${minimumBits} bits in PEM, which begins with -----BEGIN PUBLIC KEY-----`;

/**
 * Reads the public keys for notifications. One text may hold several keys. While one key of a list is good, a bad one is only logged:
 * otherwise it would also stop the notifications that the good one proves.
 *
 * @returns no key if the option is missing
 * @throws {TypeError} says what was found in place of the first key, without quoting it
 */
export function readNotificationKeys(option: unknown): readonly PublicKey[] {
  if (option === undefined) return [];
  const findings = [option].flat().flatMap(findKeys);
  const keys = findings.flatMap((finding) => ('key' in finding ? [finding.key] : []));
  const complaints = findings.flatMap((finding) => ('found' in finding ? [finding.found] : []));
  if (keys.length === 0)
    throw new TypeError(`payme(): \`notificationKey\` should be ${expected}, but was ${complaints[0] ?? 'an empty list'}.`);
  for (const found of complaints) {
    // eslint-disable-next-line no-console -- the other keys work, so nothing else would tell the merchant
    console.warn(`payme(): one key in \`notificationKey\` is ignored. It should be ${expected}, but was ${found}.`);
  }
  return keys;
}

function findKeys(text: unknown): readonly Finding[] {
  if (typeof text !== 'string' || text === '') return [{ found: describeKind(text) }];
  // Environment files write the end of a line as `\n`.
  const blocks = text.replace(/\\[rn]/g, '\n').split(/(?=-----BEGIN )/);
  const findings = blocks.filter((block) => block.startsWith('-----BEGIN ')).map(readBlock);
  return findings.length > 0 ? findings : [{ found: 'text without -----BEGIN PUBLIC KEY-----' }];
}

/** Reads the text from one BEGIN to the next. What stands behind the END, such as a quotation mark, does not belong to the key. */
function readBlock(block: string): Finding {
  const [, label = '', content = '', end] = /^-----BEGIN ([A-Z0-9 ]+)-----([^-]*)(-----END \1-----)?/.exec(block) ?? [];
  const isPkcs1 = label === 'RSA PUBLIC KEY';
  if (label !== 'PUBLIC KEY' && !isPkcs1) return { found: describeLabel(label) };
  if (!end) return { found: `text without -----END ${label}-----, as when only the first line of a key is read` };
  const der = decodeBase64(content.replace(/\s/g, ''));
  const key = der && (isPkcs1 ? wrapRsaPublicKey(der) : der);
  const facts = key && readPublicKey(key);
  if (!facts) return { found: 'a damaged key, in which characters are missing or changed' };
  if (!('bits' in facts)) return { found: facts.algorithm };
  return facts.bits < minimumBits ? { found: `${facts.algorithm} of ${facts.bits} bits` } : { key };
}

function describeLabel(label: string): string {
  if (label.endsWith('PRIVATE KEY')) return 'a private key';
  return label === 'CERTIFICATE' ? 'a certificate' : 'PEM of another kind';
}
