import { createHash, generateKeyPairSync, webcrypto } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readNotificationKeys } from '../../../../src/providers/payme/server/notification-keys.js';
import { readPublicKey, wrapRsaPublicKey } from '../../../../src/providers/payme/server/rsa-public-key.js';
import { payme } from '../../../../src/server.js';
import { credentials } from '../../../server/fake-payme.js';

const createRsaKey = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });
const [key, other] = [createRsaKey(2048), createRsaKey(2048)];
const pem = key.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const otherPem = other.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const pkcs1 = key.publicKey.export({ type: 'pkcs1', format: 'pem' }) as string;
const der = new Uint8Array(key.publicKey.export({ type: 'spki', format: 'der' }));
const lines = pem.trim().split('\n');
const damaged = lines.filter((_, n) => n !== 3).join('\n');

const weak = createRsaKey(1024).publicKey.export({ type: 'spki', format: 'pem' });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' });
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' });
const ed25519 = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' });
const x25519 = generateKeyPairSync('x25519').publicKey.export({ type: 'spki', format: 'pem' });
const privateKey = key.privateKey.export({ type: 'pkcs8', format: 'pem' });
const rsaPrivateKey = key.privateKey.export({ type: 'pkcs1', format: 'pem' });

const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
beforeEach(() => void warn.mockClear());
afterEach(() => expect(warn).not.toHaveBeenCalled());

const start = (notificationKey: unknown) => payme({ ...credentials, notificationKey: notificationKey as string });
const expected =
  'payme(): `notificationKey` should be an RSA public key of at least 2048 bits in PEM, which begins with -----BEGIN PUBLIC KEY-----';
/** Returns the warnings, and forgets them. */
function takeWarnings(): unknown[] {
  const warnings = warn.mock.calls.map(([message]) => message as unknown);
  warn.mockClear();
  return warnings;
}

describe('notificationKey', () => {
  it.each<[string, string | readonly string[]]>([
    ['as published', pem],
    ['with CRLF', pem.replaceAll('\n', '\r\n')],
    ['with CR', pem.replaceAll('\n', '\r')],
    ['on one line', pem.replaceAll('\n', '')],
    ['with spaces for the line breaks', pem.replaceAll('\n', ' ')],
    ['with indentation', pem.replace(/^/gm, '    ')],
    ['with a literal \\n for each line break, as in an environment file', lines.join('\\n')],
    ['with a literal \\r\\n for each line break', lines.join('\\r\\n')],
    ['in quotes', `"${lines.join('\\n')}"`],
    ['in single quotes', `'${pem}'`],
    ['after a comment', `Pay-me, sandbox\n${pem}`],
    ['as PKCS #1', pkcs1],
    ['in a list', [pem]],
  ])('takes a key %s', (_, text) => {
    expect(readNotificationKeys(text)).toEqual([der]);
  });

  it('takes several keys, in a list and in one text', () => {
    const both = [new Uint8Array(other.publicKey.export({ type: 'spki', format: 'der' })), der];
    expect(readNotificationKeys([otherPem, pem])).toEqual(both);
    expect(readNotificationKeys(otherPem + pem)).toEqual(both);
    expect(readNotificationKeys(`"${(otherPem + pem).replaceAll('\n', '\\n')}"`)).toEqual(both);
  });

  it('may be missing', () => {
    expect(readNotificationKeys(undefined)).toEqual([]);
  });

  it('is an error at start-up if it is an empty list, because no notification could be verified', () => {
    expect(() => start([])).toThrow(`${expected}, but was an empty list.`);
  });

  const bad: [string, unknown, string][] = [
    ['an empty text', '', 'empty'],
    ['null', null, 'null'],
    ['a number', 7, 'a different number'],
    ['the name of a file', 'key.pem', 'text without -----BEGIN PUBLIC KEY-----'],
    ['base64 without PEM', lines.slice(1, -1).join(''), 'text without -----BEGIN PUBLIC KEY-----'],
    ['the first line only', lines[0], 'text without -----END PUBLIC KEY-----, as when only the first line of a key is read'],
    [
      'a key without its last line',
      lines.slice(0, -1).join('\n'),
      'text without -----END PUBLIC KEY-----, as when only the first line of a key is read',
    ],
    [
      'another last line',
      pem.replace('END PUBLIC', 'END RSA PUBLIC'),
      'text without -----END PUBLIC KEY-----, as when only the first line of a key is read',
    ],
    ['a key with a line lost', damaged, 'a damaged key, in which characters are missing or changed'],
    [
      'a key with a line twice',
      [...lines.slice(0, 3), ...lines.slice(2)].join('\n'),
      'a damaged key, in which characters are missing or changed',
    ],
    ['a key that is not base64', pem.replace('MII', 'M*I'), 'a damaged key, in which characters are missing or changed'],
    ['an empty key', '-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----', 'a damaged key, in which characters are missing or changed'],
    [
      'a damaged PKCS #1 key',
      pkcs1
        .split('\n')
        .filter((_, n) => n !== 2)
        .join('\n'),
      'a damaged key, in which characters are missing or changed',
    ],
    ['an EC key', ec, 'an EC key'],
    ['an RSA-PSS key', pss, 'an RSA-PSS key'],
    ['an Ed25519 key', ed25519, 'an Ed25519 key'],
    ['an X25519 key', x25519, 'a key of another algorithm'],
    ['an RSA key of 1024 bits', weak, 'an RSA key of 1024 bits'],
    ['a private key', privateKey, 'a private key'],
    ['a private key in PKCS #1', rsaPrivateKey, 'a private key'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'a certificate'],
    ['a signature request', '-----BEGIN NEW CERTIFICATE REQUEST-----\nAAAA\n-----END NEW CERTIFICATE REQUEST-----', 'PEM of another kind'],
    ['a label in lower case', '-----BEGIN public key-----\nAAAA\n-----END public key-----', 'PEM of another kind'],
  ];

  it.each(bad)('is an error at start-up if it is %s', (_, notificationKey, found) => {
    expect(() => start(notificationKey)).toThrow(new TypeError(`${expected}, but was ${found}.`));
    expect(() => start([notificationKey, notificationKey])).toThrow(`${expected}, but was ${found}.`);
  });

  it.each(bad)('is ignored with one warning if it is %s, beside a good key', (_, notificationKey, found) => {
    const message = `payme(): one key in \`notificationKey\` is ignored. It should be an RSA public key of at least 2048 bits in PEM, which begins with -----BEGIN PUBLIC KEY-----, but was ${found}.`;
    expect(readNotificationKeys([notificationKey, pem])).toEqual([der]);
    expect(takeWarnings()).toEqual([message]);
    start([pem, notificationKey]);
    expect(takeWarnings()).toEqual([message]);
  });

  it('ignores a damaged key in one text with a good one', () => {
    expect(readNotificationKeys(`${damaged}\n${pem}`)).toEqual([der]);
    expect(takeWarnings()).toHaveLength(1);
  });

  it('quotes no part of the key in its messages', () => {
    expect(() => start(damaged)).toThrow(expect.not.stringContaining(lines[1]!) as string);
    start([pem, damaged]);
    expect(takeWarnings().join()).not.toContain(lines[1]);
  });
});

const importRsa = (bytes: Uint8Array) =>
  webcrypto.subtle.importKey('spki', bytes, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' }, false, ['verify']);
const join = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('readPublicKey', () => {
  it.each([512, 1024, 2048, 3072])('measures an RSA key of %i bits', (bits) => {
    const { publicKey } = createRsaKey(bits);
    expect(readPublicKey(publicKey.export({ type: 'spki', format: 'der' }))).toEqual({ algorithm: 'an RSA key', bits });
    expect(wrapRsaPublicKey(publicKey.export({ type: 'pkcs1', format: 'der' }))).toEqual(
      new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    );
  });

  it('takes every usual exponent', () => {
    for (const publicExponent of [3, 17, 257, 65537]) {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent });
      expect(readPublicKey(publicKey.export({ type: 'spki', format: 'der' }))).toEqual({ algorithm: 'an RSA key', bits: 1024 });
    }
  });

  it.each(['spki', 'pkcs1'] as const)('takes no key in %s that ends early or has more bytes', (type) => {
    const bytes = new Uint8Array(key.publicKey.export({ type, format: 'der' }));
    const read = (part: Uint8Array) => readPublicKey(type === 'spki' ? part : wrapRsaPublicKey(part));
    expect(read(bytes)).toBeDefined();
    for (let length = 0; length < bytes.length; length++) expect(read(bytes.subarray(0, length)), `${length} bytes`).toBeUndefined();
    expect(read(join(bytes, [0]))).toBeUndefined();
  });

  it('takes no key with a byte missing', () => {
    for (let at = 0; at < der.length; at++)
      expect(readPublicKey(join(der.subarray(0, at), der.subarray(at + 1))), `byte ${at}`).toBeUndefined();
  });

  it('takes no changed key that the Web Crypto API refuses', async () => {
    const digest = createHash('sha256').update(der).digest();
    const changed = Array.from(der, (byte, at) => {
      const copy = Uint8Array.from(der);
      copy[at] = byte ^ (digest[at % digest.length]! || 1);
      return copy;
    });
    const taken = changed.filter((bytes) => {
      const facts = readPublicKey(bytes);
      return facts && 'bits' in facts;
    });
    // Most bytes are those of the modulus, which may have almost any value.
    expect(taken.length).toBeGreaterThan(200);
    await expect(Promise.all(taken.map(importRsa))).resolves.toHaveLength(taken.length);
  });

  const [oid, none] = [
    [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1],
    [0x05, 0],
  ];
  const sequence = (...parts: (Uint8Array | number[])[]) => {
    const content = join(...parts);
    return join([0x30, content.length], content);
  };
  const modulus = [0x02, 3, 0x01, 0x00, 0x01];
  const exponent = [0x02, 1, 3];
  /** Creates a tiny key, whose lengths fit in one byte. */
  const createKey = ({ algorithm = [oid, none], unused = 0, numbers = [modulus, exponent], extra = [] as number[] } = {}) => {
    const inner = sequence(...numbers);
    return sequence(sequence(...algorithm), [0x03, inner.length + 1, unused], inner, extra);
  };

  it.each([
    [[3], 2],
    [[0x7f], 7],
    [[0, 0x81], 8],
    [[1, 1], 9],
    [[0x0f, 1], 12],
    [[0x10, 1], 13],
    [[1, 0, 1], 17],
  ])('measures the modulus %j with %i bits', (bytes, bits) => {
    expect(readPublicKey(createKey({ numbers: [[0x02, bytes.length, ...bytes], exponent] }))).toEqual({ algorithm: 'an RSA key', bits });
  });

  it.each<[string, Uint8Array]>([
    ['no bytes', new Uint8Array()],
    ['another type than a sequence', join([0x31], createKey().subarray(1))],
    ['no key', sequence(sequence(oid, none))],
    ['a key of another type', sequence(sequence(oid, none), [0x04, 1, 0])],
    ['an element after the key', createKey({ extra: none })],
    ['an algorithm that is not a sequence', sequence(oid, [0x03, 1, 0])],
    ['an algorithm without a name', createKey({ algorithm: [none] })],
    ['RSA without parameters', createKey({ algorithm: [oid] })],
    ['RSA with other parameters', createKey({ algorithm: [oid, oid] })],
    ['RSA with parameters that are not empty', createKey({ algorithm: [oid, [0x05, 1, 0]] })],
    ['unused bits', createKey({ unused: 1 })],
    ['an empty bit string', sequence(sequence(oid, none), [0x03, 0])],
    ['a bit string without a sequence', sequence(sequence(oid, none), [0x03, 3, 0, ...none])],
    ['no exponent', createKey({ numbers: [modulus] })],
    ['a third number', createKey({ numbers: [modulus, exponent, exponent] })],
    ['a modulus of another type', createKey({ numbers: [[0x04, 1, 3], exponent] })],
    ['an empty modulus', createKey({ numbers: [[0x02, 0], exponent] })],
    ['a negative modulus', createKey({ numbers: [[0x02, 1, 0x81], exponent] })],
    ['an even modulus', createKey({ numbers: [[0x02, 2, 1, 0], exponent] })],
    ['a modulus with a superfluous zero', createKey({ numbers: [[0x02, 2, 0, 3], exponent] })],
    ['an exponent of 1', createKey({ numbers: [modulus, [0x02, 1, 1]] })],
    ['an exponent of 0', createKey({ numbers: [modulus, [0x02, 1, 0]] })],
    ['an indefinite length', join([0x30, 0x80], createKey().subarray(2), [0, 0])],
    ['a length of four bytes', join([0x30, 0x84, 0, 0, 0], createKey().subarray(1))],
    ['a length that is not in its shortest form', join([0x30, 0x81], createKey().subarray(1))],
    ['a length with a superfluous zero', join([0x30, 0x82, 0], createKey().subarray(1))],
    ['a length of three bytes where two suffice', join([0x30, 0x83, 0, 1, 0], new Uint8Array(256))],
    ['a length that ends early', Uint8Array.of(0x30, 0x82, 1)],
    ['a tag alone', Uint8Array.of(0x30)],
  ])('takes no key with %s', (_, bytes) => {
    expect(readPublicKey(bytes)).toBeUndefined();
  });
});
