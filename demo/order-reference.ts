/** Part of neither a visitor's name nor an order's number. micuentaweb takes no other sign than this one and a hyphen. */
const separator = '_';

/**
 * Creates the reference of an order. It contains the visitor: two visitors can have an order A-1001, and a payment for one must not count
 * for the other.
 */
export function createReference(visitor: string, number: string): string {
  return `${visitor}${separator}${number}`;
}

/** Returns the visitor who placed the order with this reference. */
export function visitorIn(reference: string): string {
  return reference.slice(0, reference.lastIndexOf(separator));
}

/** Returns the number of the order with this reference, as its visitor knows it. */
export function numberIn(reference: string): string {
  return reference.slice(reference.lastIndexOf(separator) + 1);
}
