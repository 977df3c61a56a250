const maxLength = 300;

/** Reads a sentence of the merchant's for the shopper. Any other value counts as absent. */
export function readShopperMessage(value: unknown): { shopperMessage?: string } {
  const text = typeof value === 'string' ? value.trim().slice(0, maxLength) : '';
  return text ? { shopperMessage: text } : {};
}
