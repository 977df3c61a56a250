import type { Environment } from '../shared/environment.js';
import type { Order } from './order.js';
import { Problem } from './problem.js';

/** `hold`: `capture: 'later'`. `save`: `save: true`. `saveOnly`: `save: 'only'`. `card`: a saved card that the form offers. */
export type OrderFeature = 'hold' | 'save' | 'saveOnly' | 'card';

/** By feature: whether the provider has it, or a sentence that says why not. */
export type OrderFeatures = Readonly<Partial<Record<OrderFeature, true | string>>>;

/** Where a token is requested. */
interface TokenTarget {
  readonly name: string;
  readonly environment: Environment;
  readonly orderFeatures?: OrderFeatures;
}

/**
 * Requires that the provider has all that the order requests beside a payment: otherwise it could charge where the merchant wants a hold.
 * A saved card that the form cannot offer is left out, because the shopper can still pay.
 *
 * @throws {Problem} `invalid`, with the reason
 */
export function requireFeatures({ card, ...order }: Order, target: TokenTarget): Order {
  const { capture, save } = order;
  if (capture === 'later') require(target, 'hold', "`capture: 'later'`");
  if (save === true) require(target, 'save', '`save: true`');
  if (save === 'only') require(target, 'saveOnly', "`save: 'only'`");
  const isOffered = card?.provider === target.name && card.environment === target.environment && target.orderFeatures?.card === true;
  return isOffered ? { ...order, card } : order;
}

function require({ name, orderFeatures = {} }: TokenTarget, feature: OrderFeature, field: string): void {
  const support = orderFeatures[feature] ?? `Provider ${name} does not support it.`;
  if (support !== true) throw new Problem('invalid', `The order has ${field}. ${support}`);
}
