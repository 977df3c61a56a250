/** Decodes base64. Returns `undefined` for text that is not base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Restores the plus signs of base64 that arrived in a form: an unescaped plus decodes to a space. */
export function restorePluses(base64: string): string {
  return base64.replaceAll(' ', '+');
}

/** Encodes text as base64url: letters, digits, `-` and `_`, which pass through any URL unchanged. */
export function encodeBase64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (character) => ({ '+': '-', '/': '_' })[character] ?? '');
}

/** Decodes base64url. Returns `undefined` for text that `encodeBase64Url` did not make. */
export function decodeBase64Url(encoded: string): string | undefined {
  const bytes = decodeBase64(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  const text = bytes && new TextDecoder().decode(bytes);
  return text !== undefined && encodeBase64Url(text) === encoded ? text : undefined;
}
