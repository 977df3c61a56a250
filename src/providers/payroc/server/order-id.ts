import { sha256, toHex } from '../../../server/digests.js';

/** Payroc's gateway takes an `orderId` of at most 24 characters (documentation of WorldNet, which runs the gateway). */
const maxLength = 24;
const hashLength = 8;
const prefixLength = maxLength - hashLength - 1;

/**
 * Creates the `orderId` of one sale: the order's reference, and a short hash of the single-use token. Each sale has its own id, as Payroc
 * requires, and a repeated request has the same one.
 */
export async function createOrderId(reference: string, token: string): Promise<string> {
  return `${await createOrderIdPrefix(reference)}-${toHex(await sha256(token)).slice(0, hashLength)}`;
}

/** Whether `orderId` belongs to a sale of the order with this prefix. No sale of another order has such an id. */
export function isOrderIdOf(prefix: string, orderId: string): boolean {
  return orderId.startsWith(`${prefix}-`) && new RegExp(`^[\\da-f]{${hashLength}}$`).test(orderId.slice(prefix.length + 1));
}

/**
 * Creates the part of `orderId` that all sales of an order share. A reference that is too long, or has unusual characters, is cut and
 * hashed. Two hyphens mark the cut, and a reference with two hyphens is always hashed, so that no two references share a prefix.
 */
export async function createOrderIdPrefix(reference: string): Promise<string> {
  if (/^[\w-]+$/.test(reference) && reference.length <= prefixLength && !reference.includes('--')) return reference;
  const start = reference.replace(/[^A-Za-z\d]/g, '').slice(0, 4);
  const hash = BigInt(`0x${toHex(await sha256(reference))}`).toString(36);
  return `${start}--${hash.slice(0, prefixLength - start.length - 2)}`;
}
