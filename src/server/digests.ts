const encoder = new TextEncoder();

export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)));
}

/** HMAC-SHA256. */
export async function signHmac(key: string, text: string): Promise<ArrayBuffer> {
  return crypto.subtle.sign('HMAC', await importHmacKey(key, 'sign'), encoder.encode(text));
}

/** Whether it is the HMAC-SHA256 of the text; takes the same time for a wrong one. */
export async function verifyHmac(mac: Uint8Array<ArrayBuffer>, key: string, text: string): Promise<boolean> {
  return crypto.subtle.verify('HMAC', await importHmacKey(key, 'verify'), mac, encoder.encode(text));
}

/** By their secrets: as many as there are accounts in this process, which hold those as well. */
const imported = new Map<string, CryptoKey>();

/** Importing one costs as much as signing with it. Only what has come is kept: on Workers nobody may wait for another request's promise. */
async function importHmacKey(secret: string, use: 'sign' | 'verify'): Promise<CryptoKey> {
  const name = `${use} ${secret}`;
  const known = imported.get(name);
  if (known) return known;
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [use]);
  imported.set(name, key);
  return key;
}

/** Whether both texts are the same; takes the same time wherever they differ. */
export function timingSafeEqual(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let n = 0; n < one.length; n++) difference |= one.charCodeAt(n) ^ other.charCodeAt(n);
  return difference === 0;
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
