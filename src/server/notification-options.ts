import type { Environment } from '../shared/environment.js';
import type { OrderInput } from './order.js';
import type { OutcomeReply, PaymentOutcome } from './payment-outcome.js';

/** The argument of the merchant's `orderByReference` function. */
export interface ReferenceQuery {
  /** The merchant's own, as its `order` function returned it. In a message, the provider has signed that it is the one. */
  readonly reference: string;
  readonly provider: string;
  readonly environment: Environment;
  /** Sent by the provider, or by a browser without cookies. Its body has been read. Absent when `pay.settle()` asks. */
  readonly request?: Request;
  /** @see OrderQuery.requestId */
  readonly requestId: string;
}

export interface NotificationOptions {
  /**
   * Looks an order up by its own reference: for notifications, for returning shoppers and for `pay.settle()`. No visitor makes the
   * request, so there is no permission to check.
   *
   * @throws {OrderRefused} if there is none; answered with 404
   */
  orderByReference?(query: ReferenceQuery): OrderInput | Promise<OrderInput>;
  /**
   * The page for a shopper who returns from the provider's; `/` by default. Receives `undefined` if the return could not be verified.
   * It cannot be async. If it fails, the shopper goes to `/`, and `onError` receives the error.
   */
  readonly returnTo?: string | ((payment: PaymentOutcome | undefined) => string);
  /** @see PayEndpointsOptions.onOutcome */
  onOutcome?(payment: PaymentOutcome): OutcomeReply | Promise<OutcomeReply>;
}
