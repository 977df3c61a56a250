const encoder = new TextEncoder();

export async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)));
}

/** HMAC-SHA256. */
export async function hmac(key: string, text: string): Promise<ArrayBuffer> {
  return crypto.subtle.sign('HMAC', await hmacKey(key, 'sign'), encoder.encode(text));
}

/** Whether it is the HMAC-SHA256 of the text; takes the same time for a wrong one. */
export async function isHmac(mac: Uint8Array<ArrayBuffer>, key: string, text: string): Promise<boolean> {
  return crypto.subtle.verify('HMAC', await hmacKey(key, 'verify'), mac, encoder.encode(text));
}

function hmacKey(key: string, use: 'sign' | 'verify'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', encoder.encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, [use]);
}

/** Whether both texts are the same; takes the same time wherever they differ. */
export function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let n = 0; n < one.length; n++) difference |= one.charCodeAt(n) ^ other.charCodeAt(n);
  return difference === 0;
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
