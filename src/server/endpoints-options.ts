import type { Environment } from '../shared/environment.js';
import type { BearerCache } from './bearer-cache.js';
import type { OnEvent } from './event-reporter.js';
import type { OnError } from './handler.js';
import type { Ledger } from './operations/ledger.js';
import type { NotificationOptions } from './notification-options.js';
import type { Order, OrderInput, OrderQuery } from './order.js';
import type { Payment } from './payment.js';
import type { OutcomeReply, PaymentOutcome } from './payment-outcome.js';
import type { ServerProvider } from './provider.js';
import type { Fetch } from './upstream.js';

export type Providers<Name extends string = string> = Readonly<Record<Name, ServerProvider>>;

/** The argument of the merchant's `onToken` function. */
export interface IssuedToken {
  readonly payment: Payment;
  /** As the merchant's function has just returned it. */
  readonly order: Order;
}

export interface PayEndpointsOptions<
  Name extends string = string,
  All extends Providers<Name> = Providers<Name>,
> extends NotificationOptions {
  /** One for all providers, or one for each. A page that names another environment gets 422. */
  readonly environment: Environment | Readonly<Record<NoInfer<Name>, Environment>>;
  /** By name, as in the element's `provider` attribute. */
  readonly providers: All;
  /**
   * Looks the order up in the merchant's records, and decides from `request` whether this visitor may see it. Called for every
   * token, so several times in one checkout, and again to confirm the outcome: `endpoint` says which.
   *
   * @throws {OrderRefused} answered with 404; {OrderInvalid} with 422
   */
  order(query: OrderQuery): OrderInput | Promise<OrderInput>;
  /**
   * Receives the outcome that the provider confirmed, before the page does. Fulfil the order here when it is `paid`. Page and
   * provider may both ask, repeatedly and in any order, so expect the same outcome again. If it throws, they get 500 and ask again.
   *
   * It may return a `shopperMessage`, which the page shows instead of its own text.
   */
  onOutcome?(payment: PaymentOutcome): OutcomeReply | Promise<OutcomeReply>;
  /**
   * Receives what identifies a payment as soon as its token is issued, before the page does. Store it, so that the payment can be looked
   * up even if no outcome arrives. If it throws, the page gets 500 instead of the token.
   */
  onToken?(token: IssuedToken): void | Promise<void>;
  /** A cache for bearers and for sales in progress, which several machines share. By default, each process keeps its own. */
  readonly cache?: BearerCache;
  /**
   * Where several processes keep the refunds, cancellations and captures that they have sent. By default, each process keeps its own, and
   * forgets them when it ends.
   */
  readonly ledger?: Ledger;
  /** The function that calls providers: `fetch` by default. */
  readonly fetch?: Fetch;
  /** Origins of other sites whose pages may use the endpoints, such as `https://shop.example.com`. */
  readonly origins?: readonly string[];
  /**
   * Receives the error of every request that failed with 5xx, of every forged notification and of a `returnTo` that failed: the
   * merchant's own errors as thrown, and a `Problem` for all others.
   */
  readonly onError?: OnError;
  /** Receives events for logs and metrics: names and numbers, without personal data or secrets. */
  readonly onEvent?: OnEvent;
}
