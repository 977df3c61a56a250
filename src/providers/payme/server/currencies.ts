import { requireCurrency, type Order } from '../../../server/order.js';
import { currencies } from '../currencies.js';

/** @throws {Problem} `order` for a currency that Pay-me is not known to take */
export function toCurrencyCode(order: Order): string {
  return currencies[requireCurrency(order, Object.keys(currencies) as (keyof typeof currencies)[], 'Pay-me')];
}

/** Returns the letters of a currency that Pay-me reports, or `undefined` for one that it is not known to take. */
export function toCurrencyLetters(code: number | string): string | undefined {
  return Object.entries(currencies).find(([, digits]) => Number(digits) === Number(code))?.[0];
}
