/** An order number that no merchant uses. */
export const unknownOrder = 'pay-checkout-check-no-such-order';
