/** Code points in the browser. The server counts UTF-16 code units, so its sentences always fit. */
export const maxShopperMessage = 200;

/** Reads a sentence of the merchant's for the shopper. Any other value counts as absent. */
export function readShopperMessage(value: unknown): { shopperMessage?: string } {
  const text = typeof value === 'string' ? [...value.trim()].slice(0, maxShopperMessage).join('') : '';
  return text ? { shopperMessage: text } : {};
}
