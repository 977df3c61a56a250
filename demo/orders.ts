import type { Buyer } from '../src/server.js';

export type Currency = 'PEN' | 'USD';

/** Minor units, in each currency that it is sold in. */
type Prices = Partial<Readonly<Record<Currency, number>>>;

export interface Line {
  readonly name: string;
  readonly detail: string;
  readonly quantity: number;
  /** For all of the line. */
  readonly prices: Prices;
}

/** What the merchant's own records hold; here they live in memory. */
export interface ShopOrder {
  /** What the page and the shopper call it. */
  readonly number: string;
  /** What providers know it by. */
  readonly reference: string;
  readonly lines: readonly Line[];
  readonly buyer: Buyer;
}

const buyer: Buyer = {
  firstName: 'Ana',
  lastName: 'Prueba',
  email: 'ana@example.com',
  phone: { countryCode: '51', number: '999999999' },
  address: { line1: 'Av. Las Begonias 123', city: 'Lima', state: 'Lima', country: 'PE', postalCode: '15046' },
};

const cart: readonly Line[] = [
  { name: 'Chanchamayo', detail: 'Tueste medio · en grano, 250 g', quantity: 2, prices: { PEN: 6_400, USD: 1_740 } },
  { name: 'Quillabamba', detail: 'Tueste oscuro · molido para prensa, 250 g', quantity: 1, prices: { PEN: 3_450, USD: 950 } },
  { name: 'Filtros de papel', detail: 'Para V60, 100 unidades', quantity: 1, prices: { PEN: 2_490, USD: 680 } },
  { name: 'Envío a Lima', detail: 'Llega entre 24 y 48 horas', quantity: 1, prices: { PEN: 900, USD: 250 } },
];

/** The playground's: one for each visitor, under the same numbers. */
const samples: Readonly<Record<string, Pick<Line, 'name' | 'prices'>>> = {
  'A-1001': { name: 'Espresso doble', prices: { PEN: 1_050, USD: 290 } },
  'A-1002': { name: 'Molinillo manual', prices: { PEN: 24_990, USD: 6_790 } },
  'A-1003': { name: 'Gift card', prices: { USD: 1_999 } },
};

const orders = new Map<string, ShopOrder>();
let lastNumber = 20_480;

/** The order of that number, if it is this visitor's. Whoever else asks learns nothing, not even that there is one. */
export function findOrder(visitor: string, number: string): ShopOrder | undefined {
  const order = orders.get(`${visitor}/${number}`);
  if (order || !samples[number]) return order;
  return keep(visitor, number, [{ ...samples[number], detail: '', quantity: 1 }]);
}

/** What the visitor has in the cart becomes an order. */
export function placeOrder(visitor: string): ShopOrder {
  return keep(visitor, `P-${++lastNumber}`, cart);
}

/** What the order, or a line of it, costs in that currency; or in the one that it is sold in. */
export function priceOf({ lines }: Pick<ShopOrder, 'lines'>, wanted: Currency): { amount: number; currency: Currency } {
  const currency = lines.every(({ prices }) => wanted in prices) ? wanted : 'USD';
  return { amount: lines.reduce((total, { prices }) => total + (prices[currency] ?? 0), 0), currency };
}

function keep(visitor: string, number: string, lines: readonly Line[]): ShopOrder {
  // Two visitors have an A-1001 each, and a payment for one must not count for the other.
  const order = { number, reference: `${visitor}/${number}`, lines, buyer };
  orders.set(order.reference, order);
  return order;
}
