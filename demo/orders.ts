import type { Buyer, Order, PaymentOutcome } from '../src/server.js';
import { createReference } from './order-reference.js';
import { identifyPayment } from './payments.js';

export type Currency = 'PEN' | 'USD';

/** Minor units, by currency. */
type Prices = Partial<Readonly<Record<Currency, number>>>;

export interface Line {
  readonly name: string;
  readonly detail: string;
  readonly quantity: number;
  /** For the whole line, not for one piece. */
  readonly prices: Prices;
}

/** An order in the merchant's own records. The demo keeps them in memory. */
export interface ShopOrder {
  /** The number that the page and the shopper use. */
  readonly number: string;
  /** The reference that the providers receive. */
  readonly reference: string;
  readonly lines: readonly Line[];
  readonly buyer: typeof buyer;
  /** `later` holds the amount until the merchant captures it. */
  readonly capture?: 'later';
}

const buyer = {
  firstName: 'Ana',
  lastName: 'Prueba',
  email: 'ana@example.com',
  phone: { countryCode: '51', number: '987654321' },
  address: { line1: 'Av. Las Begonias 123', city: 'Lima', state: 'Lima', country: 'PE', postalCode: '15046' },
} satisfies Buyer;

const cart: readonly Line[] = [
  { name: 'Chanchamayo', detail: 'Tueste medio · en grano, 250 g', quantity: 2, prices: { PEN: 6_400, USD: 1_740 } },
  { name: 'Quillabamba', detail: 'Tueste oscuro · molido para prensa, 250 g', quantity: 1, prices: { PEN: 3_450, USD: 950 } },
  { name: 'Filtros de papel', detail: 'Para V60, 100 unidades', quantity: 1, prices: { PEN: 2_490, USD: 680 } },
  { name: 'Envío a Lima', detail: 'Llega entre 24 y 48 horas', quantity: 1, prices: { PEN: 900, USD: 250 } },
];

/** The playground's orders. Each visitor has one of each, under the same number. */
const samples: Readonly<Record<string, Pick<Line, 'name' | 'prices'>>> = {
  'A-1001': { name: 'Espresso doble', prices: { PEN: 1_050, USD: 290 } },
  'A-1002': { name: 'Molinillo manual', prices: { PEN: 24_990, USD: 6_790 } },
  'A-1003': { name: 'Gift card', prices: { USD: 1_999 } },
};

const orders = new Map<string, ShopOrder>();

type Settlement = Pick<Order, 'settled' | 'openedAt'>;

interface SettledOrder extends Settlement {
  /** Identifies the payment that settled the order. */
  readonly settledBy?: string;
}

/** By reference: how the orders that visitors placed were settled. */
const settlements = new Map<string, SettledOrder>();

let lastNumber = 20_480;

/** Returns the order with this number if it belongs to this visitor. Other visitors cannot find out that it exists. */
export function findOrder(visitor: string, number: string): ShopOrder | undefined {
  const order = orders.get(createReference(visitor, number));
  if (order || !samples[number]) return order;
  return keep(visitor, number, [{ ...samples[number], detail: '', quantity: 1 }]);
}

/** Returns the order with this reference. The reference comes from a payment, not from a visitor. */
export function findByReference(reference: string): ShopOrder | undefined {
  return orders.get(reference);
}

/** Creates an order from the visitor's cart. */
export function placeOrder(visitor: string, options?: Pick<ShopOrder, 'capture'>): ShopOrder {
  return keep(visitor, `P-${++lastNumber}`, cart, options);
}

/** Returns the price of an order or a line in the wanted currency, or in USD if a line has no price in that currency. */
export function priceOf({ lines }: Pick<ShopOrder, 'lines'>, wanted: Currency): { amount: number; currency: Currency } {
  const currency = lines.every(({ prices }) => wanted in prices) ? wanted : 'USD';
  return { amount: lines.reduce((total, { prices }) => total + (prices[currency] ?? 0), 0), currency };
}

function keep(visitor: string, number: string, lines: readonly Line[], options: Pick<ShopOrder, 'capture'> = {}): ShopOrder {
  const order = { number, reference: createReference(visitor, number), lines, buyer, ...options };
  orders.set(order.reference, order);
  return order;
}

/** Returns what the shop knows about the payment of an order. A sample of the playground can be paid again and again. */
export function settlementOf({ number, reference }: ShopOrder): Settlement {
  const { settled, openedAt } = (samples[number] ? undefined : settlements.get(reference)) ?? {};
  return { ...(settled && { settled }), ...(openedAt && { openedAt }) };
}

/** Keeps the outcome of a payment. */
export function recordOutcome(payment: PaymentOutcome): void {
  const { reference } = payment.order;
  settlements.set(reference, settle(settlements.get(reference) ?? {}, payment));
}

/**
 * A paid order stays paid, unless the money of the payment that paid it went back: the refund of a second payment changes nothing. `openedAt`
 * refuses old receipts of an order that can be paid again. A pending payment is not kept: nothing here looks up whether it has expired.
 */
function settle(known: SettledOrder, { outcome, payment }: PaymentOutcome): SettledOrder {
  const id = identifyPayment(payment);
  if (outcome === 'refunded' || outcome === 'reversed') return known.settledBy === id ? { openedAt: new Date() } : known;
  const isSettled = outcome === 'paid' || outcome === 'authorized' || outcome === 'saved';
  return isSettled && known.settled !== 'paid' ? { ...known, settled: outcome, settledBy: id } : known;
}
