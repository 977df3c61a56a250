import type { Order } from '../../../server/order.js';
import type { PaymentNumbers, SavedCard } from '../../../server/payment.js';

/** What an order requests of Izipay beside its price. */
export type RequestedPayment = Pick<Order, 'capture' | 'save' | 'card' | 'extra'>;

/** What a token was made for. */
export type Purpose = 'payment' | 'hold' | 'registration';

/** Reads `action` in Izipay's config. The merchant's `extra` comes first. An action charges one saved card, or stores one, but not both. */
export function readAction(order: RequestedPayment): unknown {
  const { extra, save } = order;
  if (extra?.action !== undefined && extra.action !== null) return extra.action;
  if (save === 'only') return 'register';
  if (readCard(order)) return 'pay_token';
  return save ? 'pay_register' : 'pay';
}

/** Reads `order.processType` in Izipay's config: `PA` holds the amount, and `AT` charges it. The merchant's `extra` comes first. */
export function readProcessType({ extra, capture }: RequestedPayment): unknown {
  const { processType } = { ...(extra?.order as object | undefined) } as { processType?: unknown };
  return processType ?? (capture === 'later' ? 'PA' : 'AT');
}

/** Returns the saved card that the form offers. An order may name a card of another provider. */
export function readCard({ card }: RequestedPayment): SavedCard | undefined {
  return card?.provider === 'izipay' ? card : undefined;
}

/** Whether the order only stores a card. Its amount is 0. */
export function isRegistration(order: RequestedPayment): boolean {
  return readAction(order) === 'register';
}

/** Returns what the order's token is for. A registration of a card holds nothing. */
export function findPurpose(order: RequestedPayment): Purpose {
  if (isRegistration(order)) return 'registration';
  return readProcessType(order) === 'PA' ? 'hold' : 'payment';
}

/** Returns the order as its token requested it: the merchant's `order` function may have left this out since. */
export function withPurpose(order: Order, purpose: Purpose): Order {
  const { extra } = order;
  if (purpose === 'registration') return { ...order, save: 'only', extra: { ...extra, action: undefined } };
  if (purpose === 'payment') return order;
  return { ...order, capture: 'later', extra: { ...extra, order: { ...(extra?.order as object | undefined), processType: undefined } } };
}

/** Lists what only the order tells: Izipay answers a hold and a registration with the words of a charge. */
export function describeRequest(order: RequestedPayment): PaymentNumbers {
  return { ...(isRegistration(order) && { action: 'register' }), ...(readProcessType(order) === 'PA' && { processType: 'PA' }) };
}
