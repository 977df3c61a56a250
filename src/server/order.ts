import * as z from 'zod/mini';
import type { Environment } from '../shared/environment.js';
import type { Instructions, SettledOutcome } from '../shared/endpoint-contract.js';
import type { Schema } from '../shared/schema.js';
import { buyerSchema, orAbsent, type Buyer, type BuyerInput } from './buyer.js';
import { check } from './check.js';
import type { SavedCard } from './payment.js';
import { Problem } from './problem.js';
import { savedCardSchema } from './saved-card.js';
import type { RequestScope } from './upstream.js';

/** An order to pay, from the merchant's own records. */
export interface Order {
  /** The merchant's own identifier. A payment counts only for the reference that its token was made for. */
  readonly reference: string;
  /** Minor units: 1050 is S/ 10.50. May be 0 with `save: 'only'`. */
  readonly amount: number;
  /** ISO 4217, letters: `PEN`. */
  readonly currency: string;
  /**
   * What is already settled: the order is paid, held (`authorized`), its card is saved, or a payment is pending. The token endpoint then
   * answers this outcome instead of a token, and Payroc makes no sale: a shopper who opens the order again pays once.
   */
  readonly settled?: SettledOutcome | 'pending';
  /** Short for `settled: 'paid'`. */
  readonly paid?: boolean;
  /** With `settled: 'pending'`: what the shopper needs to complete the payment, as in `details.instructions` of its outcome. */
  readonly instructions?: Instructions;
  /**
   * When the order became payable: a `Date`, or ISO 8601 with an offset. An earlier payment is *pending* with reason `stale`, so that an
   * order that was refunded and opened again is not paid by its old receipt.
   */
  readonly openedAt?: Date | string;
  /** Required by Pay-me, optional for the other providers. */
  readonly buyer?: Buyer;
  /** With `later`, the amount is only held, and `pay.capture()` charges it. `now` by default. */
  readonly capture?: 'now' | 'later';
  /**
   * `true`: the provider stores the card with this payment, if the shopper agrees. `only`: it stores the card and charges nothing. The card
   * reaches `onOutcome` as `savedCard`.
   */
  readonly save?: boolean | 'only';
  /** A saved card of this shopper, for the form to offer. The page can read its token, so never return the card of another shopper. */
  readonly card?: SavedCard;
  /**
   * Further fields in the provider's own format, passed on unchanged, `null` included. For Pay-me they extend `payload.payment_details`, for
   * Izipay its `config`.
   */
  readonly extra?: Readonly<Record<string, unknown>>;
}

type OrNull<T> = { readonly [Key in keyof T]: undefined extends T[Key] ? T[Key] | null : T[Key] };

/** An order as a merchant may return it: `null` counts as absent, except inside `extra`. */
export interface OrderInput extends OrNull<Omit<Order, 'buyer' | 'instructions'>> {
  readonly buyer?: BuyerInput | null;
  readonly instructions?: OrNull<Instructions> | null;
}

/** The argument of the merchant's `order` function. */
export interface OrderQuery {
  /** The element's `order` attribute, as the browser sent it. The function decides whether this visitor may see the order. */
  readonly order?: string;
  /** The endpoint that needs the order. Return a settled order to both: it gets no token, but its outcome may be requested again. */
  readonly endpoint: 'token' | 'outcome';
  readonly provider: string;
  readonly environment: Environment;
  /** For its headers and cookies. Its body has been read. */
  readonly request: Request;
  /** The same as in the events of the request, and in the `X-Request-Id` header of its response. */
  readonly requestId: string;
}

const text = () => z.string().check(z.minLength(1, 'should not be empty'));

const instructions = z.lazy(() => {
  const line = orAbsent(z.string());
  return z.object({ cip: line, cipUrl: line, qrImage: line, continueUrl: line, expiresAt: line });
});

const moment = z.lazy(() =>
  z.union([z.date(), z.string().check(z.refine(isMoment, { error: 'should be a date and time in ISO 8601, with its offset or Z' }))]),
);

function isMoment(text: string): boolean {
  return /T.*(Z|[+-]\d\d:?\d\d)$/i.test(text) && !Number.isNaN(Date.parse(text));
}

export const orderSchema: Schema<Order> = z.lazy(() =>
  z
    .object({
      reference: text(),
      amount: z.int('should be an integer of minor units').check(z.nonnegative('should not be negative')),
      currency: z.string().check(z.regex(/^[A-Z]{3}$/, 'should be the three capital letters of ISO 4217')),
      paid: orAbsent(z.boolean()),
      settled: orAbsent(z.enum(['paid', 'authorized', 'saved', 'pending'])),
      instructions: orAbsent(instructions),
      openedAt: orAbsent(moment),
      buyer: orAbsent(buyerSchema),
      capture: orAbsent(z.enum(['now', 'later'])),
      save: orAbsent(z.union([z.boolean(), z.literal('only')])),
      card: orAbsent(savedCardSchema),
      // In `extra`, `null` stays, because it may mean something to the provider.
      extra: orAbsent(z.record(z.string(), z.unknown())),
    })
    .check(z.refine(hasPrice, { path: ['amount'], error: "should be more than 0, except with `save: 'only'`" })),
);

/** Whether there is something to pay. An order that only saves a card may be free. */
function hasPrice({ amount, save }: Pick<Order, 'amount' | 'save'>): boolean {
  return amount > 0 || save === 'only';
}

/**
 * Calls the merchant's function for an order, and validates the order.
 *
 * @throws {Problem} `order`, or the error that the function throws
 */
export function findOrder<Query extends Pick<OrderQuery, 'provider' | 'environment'>>(
  { reporter, signal }: RequestScope,
  query: Query,
  lookUp: (query: Query) => OrderInput | Promise<OrderInput>,
): Promise<Order> {
  const { provider, environment } = query;
  reporter.subject = { provider, environment };
  return reporter.measure({ phase: 'order' }, signal, async () => check('order', orderSchema, await lookUp(query), 'The order'));
}

/** Returns what the merchant's records say about an order that needs no payment now. */
export function readSettledOutcome({ settled, paid }: Order): SettledOutcome | 'pending' | undefined {
  return settled ?? (paid ? 'paid' : undefined);
}

/** @throws {Problem} `order` if the provider does not take the order's currency */
export function requireCurrency<Currency extends string>({ currency }: Order, known: readonly Currency[], provider: string): Currency {
  const found = known.find((one) => one === currency);
  if (found) return found;
  throw new Problem('order', `The order: \`currency\` should be one of ${known.join(', ')} for ${provider}, but was ${currency}.`);
}
