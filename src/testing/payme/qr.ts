const size = 25;
const eye = 7;

/** Creates a picture that looks like a QR code but cannot be scanned, as a `data:` URL. The same seed gives the same picture. */
export function createQrPicture(seed: string): string {
  const path = cells()
    .filter(([x, y]) => isDark(x, y, seed))
    .map(([x, y]) => `M${x} ${y}h1v1h-1z`)
    .join('');
  const box = `-2 -2 ${size + 4} ${size + 4}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" shape-rendering="crispEdges"><rect x="-2" y="-2" width="29" height="29" fill="#fff"/><path d="${path}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function cells(): (readonly [number, number])[] {
  return Array.from({ length: size * size }, (_, index) => [index % size, Math.floor(index / size)] as const);
}

function isDark(x: number, y: number, seed: string): boolean {
  const [column, row] = [Math.min(x, size - 1 - x), Math.min(y, size - 1 - y)];
  const inEye = column <= eye && row <= eye && !(x > eye && y > eye);
  return inEye ? isDarkInEye(column, row) : hash(`${seed}${x},${y}`) % 2 === 0;
}

/** An eye consists of rings: dark at distances 0, 1 and 3 from its centre, light at 2 and at its border. */
function isDarkInEye(column: number, row: number): boolean {
  const ring = Math.max(Math.abs(column - 3), Math.abs(row - 3));
  return ring !== 2 && ring < 4;
}

function hash(text: string): number {
  const mixed = [...text].reduce((value, letter) => Math.imul(value ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0, 2166136261);
  const stirred = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  return (stirred ^ (stirred >>> 13)) >>> 0;
}
