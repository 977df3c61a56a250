/** Throw it from `order` when there is no such order, or not for this visitor: both are answered with the same 404. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';

  constructor(message = 'There is no such order for this visitor.') {
    super(message);
  }
}

/** Throw it from `order` when this visitor's order cannot be paid (any more): 422, with your sentence for the page to read. */
export class OrderInvalid extends Error {
  override readonly name = 'OrderInvalid';

  /** @param message public: `Sold out.` */
  constructor(message: string) {
    super(message);
  }
}
