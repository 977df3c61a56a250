import type { Environment } from '../shared/environment.js';
import type { ConfirmedOutcome } from '../shared/endpoint-contract.js';
import type { Order } from './order.js';
import type { ServerProvider, VerifiedOutcome, VerifyContext } from './provider.js';

/** The outcome of an order's payment, as the provider itself confirms it. */
export interface PaymentOutcome extends VerifiedOutcome {
  /** As the merchant's function has just returned it. */
  readonly order: Order;
  readonly provider: string;
  readonly environment: Environment;
}

export type OnOutcome = (payment: PaymentOutcome) => void | Promise<void>;

/** Verifies a payment with the provider, and notifies the merchant before it returns. */
export async function verifyOutcome(provider: ServerProvider, context: VerifyContext, onOutcome?: OnOutcome): Promise<PaymentOutcome> {
  const { order, environment, result } = context;
  const subject = { order, environment, provider: result.provider };
  // The merchant already knows: no second sale, and no second notification.
  if (order.paid && provider.charges) return { outcome: 'paid', ...subject };
  const payment = { ...(await provider.verify(context)), ...subject };
  await onOutcome?.(payment);
  return payment;
}

/**
 * Converts an outcome for the page, where a forgery is *pending*. The shopper is neither thanked nor asked to pay again, because
 * money may have moved. A forger does not learn which check failed.
 */
export function toPageOutcome({ outcome }: VerifiedOutcome): ConfirmedOutcome {
  return outcome === 'forged' ? 'pending' : outcome;
}
