import { createPayEndpoints, OrderRefused, type PayEndpoints, type PayEndpointsOptions } from '../src/server.js';
import { chosenProvider } from './chosen.js';
import { findOrder, priceOf } from './orders.js';
import { providers } from './providers/index.js';

export interface PayOptions extends Omit<PayEndpointsOptions, 'order'> {
  /** Whose browser a request comes from, or nobody that we know. */
  visitorOf(request: Request): string | undefined;
}

/** All that a merchant's backend has to write. */
export function createPay({ visitorOf, ...options }: PayOptions): PayEndpoints {
  return createPayEndpoints({
    ...options,
    order({ order, provider, request }) {
      const visitor = visitorOf(request);
      // Numbers can be guessed: the amount and the buyer of an order are shown to nobody but the visitor who placed it.
      const found = visitor && order ? findOrder(visitor, order) : undefined;
      if (!found) throw new OrderRefused();
      const { reference, buyer } = found;
      return { reference, buyer, ...priceOf(found, providers[chosenProvider(provider)].currency) };
    },
  });
}
