/** The bytes, or nothing for what is no base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Text as letters, digits, `-` and `_`: nothing that an address, or whoever cleans one up, would change. */
export function encodeBase64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (character) => ({ '+': '-', '/': '_' })[character] ?? '');
}

/** The text, or nothing for what `toBase64Url` did not make. */
export function decodeBase64Url(written: string): string | undefined {
  const bytes = decodeBase64(written.replaceAll('-', '+').replaceAll('_', '/'));
  const text = bytes && new TextDecoder().decode(bytes);
  return text !== undefined && encodeBase64Url(text) === written ? text : undefined;
}
