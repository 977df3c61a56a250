import {
  createPayEndpoints,
  OrderRefused,
  type OrderInput,
  type PayEndpoints,
  type PayEndpointsOptions,
  type PayOperations,
} from '../src/server.js';
import { chosenProvider } from './chosen.js';
import { findByReference, findOrder, priceOf, recordOutcome, settlementOf, type ShopOrder } from './orders.js';
import { recordPayment, recordToken } from './payments.js';
import { providers } from './providers/index.js';

export interface PayOptions extends Omit<PayEndpointsOptions, 'order' | 'orderByReference' | 'onOutcome' | 'onToken'> {
  /** Returns the visitor who sent a request, or `undefined` if the visitor is unknown. */
  visitorOf(request: Request): string | undefined;
}

export type Pay = PayEndpoints & PayOperations;

/** Contains all the code that a merchant's backend needs. */
export function createPay({ visitorOf, ...options }: PayOptions): Pay {
  return createPayEndpoints({
    ...options,
    order({ order, provider, request }) {
      const visitor = visitorOf(request);
      // Order numbers can be guessed, so only the visitor who placed an order may see its amount and buyer.
      return toOrder(visitor && order ? findOrder(visitor, order) : undefined, provider);
    },
    orderByReference: ({ reference, provider }) => toOrder(findByReference(reference), provider),
    onToken: recordToken,
    onOutcome(payment) {
      recordPayment(payment);
      recordOutcome(payment);
    },
  });
}

/** @throws {OrderRefused} if there is no such order */
function toOrder(found: ShopOrder | undefined, provider: string): OrderInput {
  if (!found) throw new OrderRefused();
  const { reference, buyer, capture } = found;
  return { reference, buyer, capture, ...priceOf(found, providers[chosenProvider(provider)].currency), ...settlementOf(found) };
}
