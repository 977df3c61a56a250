import { signHmac, toHex } from '../../../server/digests.js';
import type { Order } from '../../../server/order.js';
import type { Account } from './token-call.js';

/**
 * Returns the `merchantBuyerId` that the order requests. Izipay links saved cards to it (documentation, `merchantBuyerId`). The hash of
 * the shop's own id has 64 letters and digits, of which Izipay's library removes none. Izipay takes 5 to 100.
 *
 * @returns `undefined` for an order without a buyer, whose payments each have an id of their own
 */
export async function findBuyerId({ buyerKey }: Pick<Account, 'buyerKey'>, { buyer, extra }: Order): Promise<string | undefined> {
  const { merchantBuyerId } = { ...(extra?.order as object | undefined) } as { merchantBuyerId?: unknown };
  if (typeof merchantBuyerId === 'string' || typeof merchantBuyerId === 'number') return String(merchantBuyerId);
  if (buyer?.id === undefined) return undefined;
  // The key may be one that also signs results, which are JSON, and order numbers. None of them begins with this prefix.
  return toHex(new Uint8Array(await signHmac(buyerKey, `merchant-buyer-id:${buyer.id}`)));
}

/** Whether an id may be a hash of ours. */
export function isHashedBuyerId(merchantBuyerId: string): boolean {
  return /^[0-9a-f]{64}$/.test(merchantBuyerId);
}
