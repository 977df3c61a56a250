import { createHash } from 'node:crypto';
import type { BearerCache } from '../../server/bearer-cache.js';
import type { OrderInput, OrderQuery } from '../../server/order.js';
import { BackendError } from './backend-error.js';

/** Milliseconds: longer than a session of any provider. */
const rememberedFor = 60 * 60_000;

type OrderSubject = Pick<OrderQuery, 'order' | 'provider' | 'environment'>;

/** Finds the order of a visitor. @throws {BackendError} if the shop does not respond as it should */
export type FindOrder = (query: OrderQuery) => Promise<OrderInput>;

interface RememberOptions {
  /** Shared by all processes, if there are several. */
  readonly store: BearerCache;
  /** Whether confirming a payment of this provider charges the shopper. */
  readonly charges: (provider: string) => boolean;
  /** Receives the error of a shop whose remembered order is used. */
  readonly onUse: (error: BackendError) => void;
}

/**
 * Remembers the orders for which tokens were requested. While the shop does not respond, a payment that was made with such a token is still
 * confirmed: the shopper has paid, and would pay again.
 */
export function rememberOrders(find: FindOrder, { store, charges, onUse }: RememberOptions): FindOrder {
  return async (query) => {
    try {
      const order = await find(query);
      // Without a number, the shop finds the order by the visitor's session, so the next visitor's may be another one.
      if (query.endpoint === 'token' && query.order !== undefined) await remember(store, query, order);
      return order;
    } catch (error) {
      const isNeeded = error instanceof BackendError && query.endpoint === 'outcome' && !charges(query.provider);
      const order = isNeeded ? await recall(store, query) : undefined;
      if (!order) throw error;
      onUse(error as BackendError);
      return order;
    }
  };
}

/** A store that fails costs no payment. */
async function remember(store: BearerCache, query: OrderSubject, order: OrderInput): Promise<void> {
  await Promise.resolve(store.set(toKey(query), JSON.stringify(order), rememberedFor)).catch(() => {});
}

async function recall(store: BearerCache, query: OrderSubject): Promise<OrderInput | undefined> {
  const text = await Promise.resolve(store.get(toKey(query))).catch(() => undefined);
  return typeof text === 'string' ? (JSON.parse(text) as OrderInput) : undefined;
}

function toKey({ provider, environment, order }: OrderSubject): string {
  return `order:${createHash('sha256')
    .update(JSON.stringify([provider, environment, order]))
    .digest('hex')}`;
}
