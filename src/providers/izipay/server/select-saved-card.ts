import { timingSafeEqual } from '../../../server/digests.js';
import type { Order } from '../../../server/order.js';
import type { StoredCard } from '../../../server/payment.js';
import type { DecidedOutcome } from '../../../server/outcome-rules.js';
import { findBuyerId, isHashedBuyerId } from './buyer-id.js';
import { readCard } from './requested-payment.js';
import type { Account } from './token-call.js';

/**
 * Selects the card that the merchant may store for the order's buyer. The page can replace `merchantBuyerId` and the offered card, because
 * the session token binds neither. The payment counts all the same.
 *
 * - A card of a payment that did not happen is left out.
 * - A card of another buyer is left out, and so is one that names no buyer.
 * - An order without a buyer has nothing to compare with, so only a card under the hash of some buyer is left out: `orderByReference` may
 *   have returned the order without its buyer.
 * - Where the order offers a card, and stores none, any other card is left out: the page may have named the card of another shopper.
 *
 * The page can also turn `pay` into `pay_register`. That card passes: the shopper typed it, and it is stored under the shopper's own id.
 */
export async function selectSavedCard(
  card: StoredCard | undefined,
  { outcome }: DecidedOutcome,
  account: Account,
  order: Order,
): Promise<StoredCard | undefined> {
  if (!card || outcome === 'forged' || outcome === 'declined') return undefined;
  const buyerId = await findBuyerId(account, order);
  if (!isOfBuyer(card, buyerId)) return undefined;
  const offered = order.save ? undefined : readCard(order);
  return !offered || timingSafeEqual(card.token, offered.token) ? card : undefined;
}

function isOfBuyer({ buyerId = '' }: StoredCard, expected: string | undefined): boolean {
  return expected === undefined ? !isHashedBuyerId(buyerId) : timingSafeEqual(buyerId, expected);
}
