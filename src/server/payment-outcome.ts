import type { Environment } from '../shared/environment.js';
import type { OutcomeAnswer, SettledOutcome } from '../shared/endpoint-contract.js';
import { KeyedLock } from './keyed-lock.js';
import { readSettledOutcome, type Order } from './order.js';
import type { Payment, PaymentDetails, Refund, SavedCard } from './payment.js';
import type { OutcomeName, ServerProvider, VerifiedOutcome, VerifyContext } from './provider.js';
import { cleanShopperMessage, type ShopperMessageOptions } from './shopper-message.js';

/** The outcome of an order's payment, as the provider itself confirms it. */
export interface PaymentOutcome extends Omit<VerifiedOutcome, 'numbers' | 'details' | 'savedCard'> {
  readonly payment: Payment;
  readonly details: PaymentDetails;
  /** Can be charged: do not log it, or send it to a page. */
  readonly savedCard?: SavedCard;
  /** The refunds of the payment. Only `pay.settle()` requests them. */
  readonly refunds?: readonly Refund[];
  /** As the merchant's function has just returned it. */
  readonly order: Order;
  readonly provider: string;
  readonly environment: Environment;
}

/** What the merchant's `onOutcome` may return. */
export type OutcomeReply = void | ShopperMessageOptions;

export type OnOutcome = (payment: PaymentOutcome) => OutcomeReply | Promise<OutcomeReply>;

/** A payment, with what the merchant says to the shopper about it. */
export interface ReportedOutcome extends ShopperMessageOptions {
  readonly payment: PaymentOutcome;
}

/** The payment that an outcome is about. */
export interface OutcomeSubject {
  readonly order: Order;
  readonly provider: string;
  readonly environment: Environment;
  /** Aborts with the request. */
  readonly signal: AbortSignal;
  /** The payment as the merchant stored it, if it did. */
  readonly payment?: Payment;
  readonly refunds?: readonly Refund[];
}

/** Passes an outcome that a provider confirmed to the merchant, before it returns. */
export type ReportOutcome = (verified: VerifiedOutcome, subject: OutcomeSubject) => Promise<ReportedOutcome>;

/** Creates the function that every outcome goes through: the page's reports, the provider's messages, settlements and charges. */
export function createOutcomeReporter(onOutcome?: OnOutcome): ReportOutcome {
  const lock = new KeyedLock();
  return async (verified, subject) => {
    const payment = describeOutcome(verified, subject);
    if (!onOutcome) return { payment };
    // Page and provider often report the same payment at the same moment.
    const reply = await lock.run(createPaymentKey(payment), subject.signal, async () => onOutcome(payment));
    return { payment, ...cleanShopperMessage(reply) };
  };
}

/** Verifies a payment with its provider, and notifies the merchant before it returns. */
export type VerifyOutcome = (provider: ServerProvider, context: VerifyContext) => Promise<ReportedOutcome>;

/** Applies what the merchant's ledger knows to an outcome. */
type ApplyLedger = (provider: ServerProvider, verified: VerifiedOutcome, subject: OutcomeSubject) => Promise<VerifiedOutcome>;

/** Creates the function that both the page's report and the provider's messages go through. */
export function createOutcomeVerifier(report: ReportOutcome, applyLedger: ApplyLedger): VerifyOutcome {
  return async (provider, context) => {
    const subject = { ...context, provider: context.result.provider };
    const settled = readSettledOutcome(context.order);
    // The merchant already knows: no second sale, and no second notification.
    if (provider.charges && settled && settled !== 'pending') return { payment: describeOutcome({ outcome: settled }, subject) };
    return report(await applyLedger(provider, await provider.verify(context), subject), subject);
  };
}

function createPaymentKey({ payment: { provider, environment, order, id } }: PaymentOutcome): string {
  return JSON.stringify([provider, environment, id ?? order]);
}

function describeOutcome(verified: VerifiedOutcome, subject: OutcomeSubject): PaymentOutcome {
  const { order, provider, environment, payment, refunds } = subject;
  const { numbers, details, savedCard, ...outcome } = withStaleness(verified, order);
  return {
    ...outcome,
    payment: { ...payment, ...numbers, provider, environment, order: order.reference },
    details: { amount: order.amount, currency: order.currency, ...details },
    ...(savedCard && { savedCard: { ...savedCard, provider, environment } }),
    ...(refunds && { refunds }),
    order,
    provider,
    environment,
  };
}

/**
 * Marks a payment that was made before the order was opened, such as the receipt of an order that was refunded since. A charge or a hold of
 * an unknown time may be such a receipt.
 */
function withStaleness(verified: VerifiedOutcome, { openedAt }: Order): VerifiedOutcome {
  const paidAt = verified.details?.paidAt;
  if (openedAt === undefined || !isGood(verified.outcome)) return verified;
  if (paidAt === undefined) return verified.outcome === 'saved' ? verified : { ...verified, outcome: 'pending', reason: 'stale' };
  // Providers report whole seconds.
  const opened = Math.floor(new Date(openedAt).getTime() / 1000) * 1000;
  return Date.parse(paidAt) < opened ? { ...verified, outcome: 'pending', reason: 'stale' } : verified;
}

function isGood(outcome: OutcomeName): outcome is SettledOutcome {
  return outcome === 'paid' || outcome === 'authorized' || outcome === 'saved';
}

/**
 * Converts an outcome for the page. A forgery is *pending* there: the shopper is neither thanked nor asked to pay again, because money may
 * have moved, and a forger does not learn which check failed. A later report about an order that the merchant knows as settled does not
 * offer the shopper a second payment.
 */
export function toPageAnswer({ payment, ...message }: ReportedOutcome): OutcomeAnswer {
  return { ...toPageOutcome(payment), ...message };
}

function toPageOutcome({ outcome, details, order }: PaymentOutcome): OutcomeAnswer {
  if (isGood(outcome)) return { outcome };
  const settled = readSettledOutcome(order);
  if (settled && settled !== 'pending') return { outcome: settled };
  if (outcome === 'refunded' || outcome === 'reversed') return { outcome: 'declined', reason: 'returned' };
  if (outcome === 'declined') return { outcome };
  return { outcome: 'pending', ...(outcome === 'pending' && details.instructions && { instructions: details.instructions }) };
}
