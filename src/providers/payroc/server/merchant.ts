import * as z from 'zod/mini';
import { check } from '../../../server/check.js';
import type { Order } from '../../../server/order.js';
import { secureTokenId, type Account } from './calls.js';
import type { SecureToken } from './secure-token.js';

/** A merchant's terminal, and what the merchant decides for each order. */
export interface Merchant {
  readonly account: Account;
  /** With `tokenization`: the id of a saved token to replace. */
  readonly secureTokenId?: string | ((order: Order) => string | undefined);
  readonly onSecureToken?: (secureToken: SecureToken, order: Order) => void | Promise<void>;
}

/** Returns the account with the scenario of this order. An order with `save: 'only'` takes no payment. */
export function chooseAccount({ account }: Merchant, { save }: Order): Account {
  return save === 'only' ? { ...account, scenario: 'tokenization' } : account;
}

/** @throws {Problem} `order`, because the id may come from the merchant's own function */
export function findSavedTokenId({ secureTokenId: id }: Merchant, { scenario }: Account, order: Order): string | undefined {
  if (scenario === 'payment') return undefined;
  const found = typeof id === 'function' ? id(order) : id;
  return check('order', z.optional(secureTokenId()), found, 'payroc(): `secureTokenId`');
}
