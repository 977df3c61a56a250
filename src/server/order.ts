import * as z from 'zod/mini';
import type { Environment } from '../shared/environment.js';
import type { Instructions, SettledOutcome } from '../shared/endpoint-contract.js';
import type { Schema } from '../shared/schema.js';
import { check } from './check.js';
import { Problem } from './problem.js';
import type { RequestScope } from './upstream.js';

export interface Buyer {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: {
    /** `51` or `+51`. */
    readonly countryCode: string;
    readonly number: string;
  };
  readonly address: {
    readonly line1: string;
    readonly line2?: string;
    readonly city: string;
    readonly state: string;
    /** ISO 3166, two letters. */
    readonly country: string;
    readonly postalCode?: string;
  };
  /** An identity document: `{country: 'PER', type: 'DNI', number: '…'}`. */
  readonly document?: { readonly country: string; readonly type: string; readonly number: string };
}

/** An order to pay, from the merchant's own records. */
export interface Order {
  /** The merchant's own identifier. A payment counts only for the reference that its token was made for. */
  readonly reference: string;
  /** Minor units: 1050 is S/ 10.50. */
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
  /** Further fields in the provider's own format. For Pay-me they extend `payload.payment_details`, for Izipay its `config`. */
  readonly extra?: Readonly<Record<string, unknown>>;
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
}

const text = () => z.string().check(z.minLength(1, 'should not be empty'));

const buyer = z.lazy(() =>
  z.object({
    firstName: text(),
    lastName: text(),
    email: z.string().check(z.regex(/^[^\s@]+@[^\s@]+$/, 'should be an e-mail address')),
    phone: z.object({
      countryCode: z.string().check(z.regex(/^\+?\d{1,4}$/, 'should be digits, with or without a plus')),
      number: text(),
    }),
    address: z.object({
      line1: text(),
      line2: z.optional(z.string()),
      city: text(),
      state: text(),
      country: text(),
      postalCode: z.optional(z.string()),
    }),
    document: z.optional(z.object({ country: text(), type: text(), number: text() })),
  }),
);

const instructions = z.lazy(() => {
  const line = z.optional(z.string());
  return z.object({ cip: line, cipUrl: line, qrImage: line, continueUrl: line, expiresAt: line });
});

const moment = z.lazy(() =>
  z.union([z.date(), z.string().check(z.refine(isMoment, { error: 'should be a date and time in ISO 8601, with its offset or Z' }))]),
);

function isMoment(text: string): boolean {
  return /T.*(Z|[+-]\d\d:?\d\d)$/i.test(text) && !Number.isNaN(Date.parse(text));
}

const orderSchema: Schema<Order> = z.lazy(() =>
  z.object({
    reference: text(),
    amount: z.int('should be an integer of minor units').check(z.positive('should be more than 0')),
    currency: z.string().check(z.regex(/^[A-Z]{3}$/, 'should be the three capital letters of ISO 4217')),
    paid: z.optional(z.boolean()),
    settled: z.optional(z.enum(['paid', 'authorized', 'saved', 'pending'])),
    instructions: z.optional(instructions),
    openedAt: z.optional(moment),
    buyer: z.optional(buyer),
    extra: z.optional(z.record(z.string(), z.unknown())),
  }),
);

/**
 * Calls the merchant's function for an order, and validates the order.
 *
 * @throws {Problem} `order`, or the error that the function throws
 */
export function findOrder<Query extends Pick<OrderQuery, 'provider' | 'environment'>>(
  { reporter, signal }: RequestScope,
  query: Query,
  lookUp: (query: Query) => Order | Promise<Order>,
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
