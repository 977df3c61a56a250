import { createPayEndpoints, OrderRefused, type PayEndpoints, type PayEndpointsOptions } from '../src/server.js';
import { chosenProvider } from './chosen.js';
import { findOrder, priceOf, recordOutcome, settlementOf } from './orders.js';
import { providers } from './providers/index.js';

export interface PayOptions extends Omit<PayEndpointsOptions, 'order' | 'onOutcome'> {
  /** Returns the visitor who sent a request, or `undefined` if the visitor is unknown. */
  visitorOf(request: Request): string | undefined;
}

/** Contains all the code that a merchant's backend needs. */
export function createPay({ visitorOf, ...options }: PayOptions): PayEndpoints {
  return createPayEndpoints({
    ...options,
    order({ order, provider, request }) {
      const visitor = visitorOf(request);
      // Order numbers can be guessed, so only the visitor who placed an order may see its amount and buyer.
      const found = visitor && order ? findOrder(visitor, order) : undefined;
      if (!found) throw new OrderRefused();
      const { reference, buyer } = found;
      return { reference, buyer, ...priceOf(found, providers[chosenProvider(provider)].currency), ...settlementOf(found) };
    },
    onOutcome: recordOutcome,
  });
}
