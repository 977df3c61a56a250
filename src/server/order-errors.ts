/** Thrown by the merchant's `order` function when the order does not exist or belongs to another visitor. Both get the same 404. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';

  constructor(message = 'There is no such order for this visitor.') {
    super(message);
  }
}

/** Thrown by the merchant's `order` function when the order cannot be paid, or no longer. The page gets 422 with the message. */
export class OrderInvalid extends Error {
  override readonly name = 'OrderInvalid';

  /** @param message shown to the page, such as `Sold out.` */
  constructor(message: string) {
    super(message);
  }
}
