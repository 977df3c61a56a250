/**
 * Reads an amount as the merchant typed it, with a point or a comma.
 *
 * @returns minor units, or `undefined` if the text is not an amount
 */
export function readAmount(text: string): number | undefined {
  const match = /^\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*$/.exec(text);
  const amount = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : 0;
  return amount > 0 ? amount : undefined;
}
