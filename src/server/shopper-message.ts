import { maxShopperMessage } from '../shared/shopper-message.js';
import { cleanText, shorten } from './buyer-text.js';

/** What a merchant's function can say to the shopper. */
export interface ShopperMessageOptions {
  /** A sentence in the shopper's language, which the element shows instead of its own: plain text in one line, of at most 200 characters. */
  readonly shopperMessage?: string;
}

/** Reads the message of a merchant's function. Returns an empty object if there is none, or if it is not text. */
export function cleanShopperMessage(options: unknown): ShopperMessageOptions {
  const { shopperMessage } = Object(options) as Record<string, unknown>;
  const text = typeof shopperMessage === 'string' ? cleanText(shopperMessage) : undefined;
  return text === undefined ? {} : { shopperMessage: shorten(text, maxShopperMessage) };
}
