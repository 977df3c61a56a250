const encoder = new TextEncoder();

export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)));
}

/** Signs the text with HMAC-SHA256. */
export async function signHmac(key: string, text: string): Promise<ArrayBuffer> {
  return crypto.subtle.sign('HMAC', await importHmacKey(key, 'sign'), encoder.encode(text));
}

/** Whether `mac` is the HMAC-SHA256 of the text. Takes the same time for a wrong one. */
export async function verifyHmac(mac: Uint8Array<ArrayBuffer>, key: string, text: string): Promise<boolean> {
  return crypto.subtle.verify('HMAC', await importHmacKey(key, 'verify'), mac, encoder.encode(text));
}

/** Imported keys by use and secret: no more than the accounts of this process, which hold the secrets too. */
const importedKeys = new Map<string, CryptoKey>();

/** Caches the key, because an import costs as much as a signature. Caches no promise: on Workers, a request cannot await another request's promise. */
async function importHmacKey(secret: string, use: 'sign' | 'verify'): Promise<CryptoKey> {
  const name = `${use} ${secret}`;
  const cached = importedKeys.get(name);
  if (cached) return cached;
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [use]);
  importedKeys.set(name, key);
  return key;
}

/** Whether both texts are the same. Takes the same time wherever they differ. */
export function timingSafeEqual(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index++) difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
