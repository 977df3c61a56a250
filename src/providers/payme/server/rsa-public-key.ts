import { toHex } from '../../../server/digests.js';
import { encodeElement, readElement, readElements, tags, type DerElement } from './der.js';

/** What a public key is. `algorithm` is for messages, with its article. */
export type PublicKeyFacts = { readonly algorithm: 'an RSA key'; readonly bits: number } | { readonly algorithm: string };

/** The names of the algorithms by their object identifiers, in hexadecimal (RFC 8017, C; RFC 5480, 2.1.1; RFC 8410, 3). */
const algorithms: Readonly<Record<string, string>> = {
  '2a864886f70d01010a': 'an RSA-PSS key',
  '2a8648ce3d0201': 'an EC key',
  '2b6570': 'an Ed25519 key',
  '2b6571': 'an Ed448 key',
};
/** `rsaEncryption`, 1.2.840.113549.1.1.1 (RFC 8017, A.1). */
const rsaEncryption = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);

/**
 * Reads a public key in DER: the `SubjectPublicKeyInfo` of RFC 5280, 4.1, with the `RSAPublicKey` of RFC 8017, A.1.1, in it. The Web
 * Crypto API would need a promise for this, but a damaged key should be reported when the shop starts.
 *
 * @returns `undefined` for bytes that are not a complete public key and nothing else
 */
export function readPublicKey(der: Uint8Array): PublicKeyFacts | undefined {
  const [algorithm, key, ...others] = readSequence(readElement(der)) ?? [];
  if (key?.tag !== tags.bitString || others.length > 0) return undefined;
  const [identifier, parameters] = readSequence(algorithm) ?? [];
  if (identifier?.tag !== tags.objectIdentifier) return undefined;
  const oid = toHex(identifier.content);
  if (oid !== toHex(rsaEncryption)) return { algorithm: algorithms[oid] ?? 'a key of another algorithm' };
  const bits = isNull(parameters) ? readModulusLength(key.content) : undefined;
  return bits ? { algorithm: 'an RSA key', bits } : undefined;
}

/** Wraps an `RSAPublicKey`, the content of `BEGIN RSA PUBLIC KEY`, in the `SubjectPublicKeyInfo` that the Web Crypto API imports. */
export function wrapRsaPublicKey(der: Uint8Array): Uint8Array<ArrayBuffer> {
  const algorithm = encodeElement(tags.sequence, encodeElement(tags.objectIdentifier, rsaEncryption), encodeElement(tags.null));
  return encodeElement(tags.sequence, algorithm, encodeElement(tags.bitString, Uint8Array.of(0), der));
}

/** Returns the number of bits of the modulus in the content of the bit string, whose first byte is the number of unused bits. */
function readModulusLength([unused, ...der]: Uint8Array): number | undefined {
  const [modulus, exponent, ...others] = readSequence(readElement(Uint8Array.from(der))) ?? [];
  if (unused !== 0 || others.length > 0 || !isOddNumber(modulus) || !isOddNumber(exponent)) return undefined;
  const digits = toHex(modulus.content).replace(/^0+/, '');
  return digits.length * 4 - Math.clz32(parseInt(digits.slice(0, 1), 16)) + 28;
}

function readSequence(element: DerElement | undefined): readonly DerElement[] | undefined {
  return element?.tag === tags.sequence ? readElements(element.content) : undefined;
}

/** RFC 3279, 2.3.1: the parameters of `rsaEncryption` are NULL. */
function isNull(element: DerElement | undefined): boolean {
  return element?.tag === tags.null && element.content.length === 0;
}

/** Whether the element is an odd number of 3 or more, in its shortest form. Modulus and exponent are odd. */
function isOddNumber(element: DerElement | undefined): element is DerElement {
  if (element?.tag !== tags.integer) return false;
  const [first = 0x80, second = 0] = element.content;
  const isShortest = first < 0x80 && !(first === 0 && second < 0x80);
  const last = element.content.at(-1) ?? 0;
  return isShortest && last % 2 === 1 && (element.content.length > 1 || last >= 3);
}
