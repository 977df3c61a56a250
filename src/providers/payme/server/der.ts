// DER, the distinguished encoding of ITU-T X.690, as far as public keys need it: tags of one byte, and lengths in their shortest form.

export const tags = { integer: 0x02, bitString: 0x03, null: 0x05, objectIdentifier: 0x06, sequence: 0x30 } as const;

export interface DerElement {
  readonly tag: number | undefined;
  readonly content: Uint8Array;
}

/** Reads bytes that are exactly one element. Returns `undefined` for any other bytes. */
export function readElement(bytes: Uint8Array): DerElement | undefined {
  const [element, ...others] = readElements(bytes) ?? [];
  return others.length === 0 ? element : undefined;
}

/** Reads bytes that are elements one after the other. Returns `undefined` if they end early or are not DER. */
export function readElements(bytes: Uint8Array): readonly DerElement[] | undefined {
  const elements: DerElement[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const place = locateContent(rest);
    if (!place || place.end > rest.length) return undefined;
    elements.push({ tag: rest[0], content: rest.subarray(place.start, place.end) });
    rest = rest.subarray(place.end);
  }
  return elements;
}

/** Reads the length: one byte below 128, or the number of length bytes and then these bytes (X.690, 8.1.3). */
function locateContent([, first = 0xff, ...more]: Uint8Array): { start: number; end: number } | undefined {
  if (first < 0x80) return { start: 2, end: 2 + first };
  const count = first - 0x80;
  // A count of 0 is the indefinite form, which DER forbids. Four bytes and more would be gigabytes.
  if (count < 1 || count > 3 || more.length < count) return undefined;
  const length = more.slice(0, count).reduce((sum, byte) => sum * 0x100 + byte, 0);
  const isShortest = length >= Math.max(0x80, 0x100 ** (count - 1));
  return isShortest ? { start: 2 + count, end: 2 + count + length } : undefined;
}

export function encodeElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = parts.flatMap((part) => [...part]);
  return Uint8Array.from([tag, ...encodeLength(content.length), ...content]);
}

function encodeLength(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 0x100)) bytes.unshift(rest % 0x100);
  return [0x80 + bytes.length, ...bytes];
}
