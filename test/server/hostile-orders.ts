/** What stands as `order` in the JSON of a request, byte by byte, and how the token endpoint refuses it: as no request, or as no order. */
export type HostileOrder = readonly [what: string, order: string | Buffer, refused: 'request' | 'refused'];

const text = (order: string): string => JSON.stringify(order);
const bytes = (...inner: number[]): Buffer => Buffer.from([0x22, 0x41, ...inner, 0x22]);

export const hostileOrders: readonly HostileOrder[] = [
  ['one character', text('x'), 'refused'],
  ['256 characters', text('x'.repeat(256)), 'refused'],
  ['256 characters of two units each', text('😀'.repeat(256)), 'refused'],
  ['letters with accents', text('pedido-ñandú'), 'refused'],
  ['a letter and its accent as two characters', text('pedido-n\u0303'), 'refused'],
  ['letters of other scripts', text('注文-заказ-١'), 'refused'],
  ['spaces within', text('A 1001  B'), 'refused'],
  ['a quote', text(`' OR 1=1 --`), 'refused'],
  ['a path', text('../../etc/passwd'), 'refused'],
  ['the name of a prototype', text('__proto__'), 'refused'],
  ['nothing', text(''), 'request'],
  ['257 characters', text('x'.repeat(257)), 'request'],
  ['257 characters of two units each', text('😀'.repeat(257)), 'request'],
  ['the end of a line at its end', text('A-1001\n'), 'request'],
  ['the end of a line within', text('A\r\n1'), 'request'],
  ['the end of a line as it is', '"A\n1"', 'request'],
  ['a null character', text('A\u0000'), 'request'],
  ['the delete character', text('A\u007f'), 'request'],
  ['a control character beyond ASCII', text('A\u0085'), 'request'],
  ['a line separator', text('A\u2028'), 'request'],
  ['a paragraph separator', text('A\u2029'), 'request'],
  ['the first half of a character', '"A\\ud83d"', 'request'],
  ['the second half of a character', '"A\\ude00"', 'request'],
  ['a space', text(' '), 'request'],
  ['a space before it', text(' A-1001'), 'request'],
  ['a space after it', text('A-1001 '), 'request'],
  ['a space that does not break', text('A\u00a01'), 'request'],
  ['a wide space', text('A\u30001'), 'request'],
  ['a blank of Braille', text('A\u28001'), 'request'],
  ['a blank of Hangul', text('A\u31641'), 'request'],
  ['a space without a width', text('A\u200b1'), 'request'],
  ['a joiner without a width', text('A\u200d1'), 'request'],
  ['a mark of the byte order', text('\ufeffA-1001'), 'request'],
  ['a soft hyphen', text('A\u00ad1'), 'request'],
  ['another writing direction', text('A\u202e1'), 'request'],
  ['an isolated writing direction', text('A\u2066\u2069'), 'request'],
  ['a variation selector', text('A\ufe0f1'), 'request'],
  ['a rare variation selector', text('A\u{e0100}1'), 'request'],
  ['a tag character', text('A\u{e0041}1'), 'request'],
  ['a combining joiner', text('A\u034f1'), 'request'],
  ['an unassigned character', text('A\u0378'), 'request'],
  ['a character for private use', text('A\ue001'), 'request'],
  ['a code point that is no character', text('A\uffff'), 'request'],
  ['a byte that is no UTF-8', bytes(0xff), 'request'],
  ['a null character in two bytes', bytes(0xc0, 0x80), 'request'],
  ['half of a character in three bytes', bytes(0xed, 0xa0, 0x80), 'request'],
  ['a number', '1001', 'request'],
  ['a number that is endless', '1e400', 'request'],
  ['a number of 5000 digits', '1'.repeat(5000), 'request'],
  ['true', 'true', 'request'],
  ['null', 'null', 'request'],
  ['a list', '["A-1001"]', 'request'],
  ['an object', '{"$ne": null}', 'request'],
  ['lists in lists', '['.repeat(8000) + ']'.repeat(8000), 'request'],
];

export function bodyWith(order: string | Buffer): Buffer {
  const [before, after] = ['{"provider": "payme", "environment": "sandbox", "order": ', '}'].map((part) => Buffer.from(part));
  return Buffer.concat([before!, Buffer.from(order as string), after!]);
}
