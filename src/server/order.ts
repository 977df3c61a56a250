import * as z from 'zod/mini';
import type { Environment } from '../shared/environment.js';
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

/** What is to be paid, from the merchant's own records. */
export interface Order {
  /** The merchant's own name for it. A payment counts only for the reference that its token was made for. */
  readonly reference: string;
  /** Minor units: 1050 is S/ 10.50. */
  readonly amount: number;
  /** ISO 4217, letters: `PEN`. */
  readonly currency: string;
  /**
   * Whether it is paid already. Then no token is handed out for it (422), no sale is made for it, and a page that asks what came of
   * its payment is told *paid*: a shopper with two tabs pays once.
   */
  readonly paid?: boolean;
  /** Some providers need it; Pay-me does. */
  readonly buyer?: Buyer;
  /** Further fields in the provider's own words; for Pay-me they join `payload.payment_details`, for Izipay its `config`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** What the merchant's `order` function is asked. */
export interface OrderQuery {
  /** The element's `order` attribute, as the browser sent it: whether this visitor may see it is for the function to decide. */
  readonly order?: string;
  /** What asks. An order that is paid gets no token, but its outcome may be asked again: refuse it neither, and say `paid`. */
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

const orderSchema: Schema<Order> = z.lazy(() =>
  z.object({
    reference: text(),
    amount: z.int('should be an integer of minor units').check(z.positive('should be more than 0')),
    currency: z.string().check(z.regex(/^[A-Z]{3}$/, 'should be the three capital letters of ISO 4217')),
    paid: z.optional(z.boolean()),
    buyer: z.optional(buyer),
    extra: z.optional(z.record(z.string(), z.unknown())),
  }),
);

/**
 * Asks a function of the merchant's for an order, and checks what it returns.
 *
 * @throws {Problem} `order`, and whatever the function throws
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

/** @throws {Problem} `order`, for a currency that is none of the provider's */
export function requireCurrency<Currency extends string>({ currency }: Order, known: readonly Currency[], provider: string): Currency {
  const found = known.find((one) => one === currency);
  if (found) return found;
  throw new Problem('order', `The order: \`currency\` should be one of ${known.join(', ')} for ${provider}, but was ${currency}.`);
}
