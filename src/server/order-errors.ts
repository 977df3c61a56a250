import type { ShopperMessageOptions } from './shopper-message.js';

/** Thrown by the merchant's `order` function when the order does not exist or belongs to another visitor. Both get the same 404. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';
  readonly shopperMessage?: string;

  /** @param options the same for both cases: otherwise a visitor can tell that another one has this order */
  constructor(message = 'There is no such order for this visitor.', options: ShopperMessageOptions = {}) {
    super(message);
    if (options.shopperMessage !== undefined) this.shopperMessage = options.shopperMessage;
  }
}

/** Thrown by the merchant's `order` function when the order cannot be paid, or no longer. The page gets 422 with the message. */
export class OrderInvalid extends Error {
  override readonly name = 'OrderInvalid';
  readonly shopperMessage?: string;

  /** @param message for developers, such as `Sold out.` */
  constructor(message: string, options: ShopperMessageOptions = {}) {
    super(message);
    if (options.shopperMessage !== undefined) this.shopperMessage = options.shopperMessage;
  }
}
