import type { OutcomeName, OutcomeReason } from '../../src/server.js';

interface Advice {
  readonly meaning: string;
  /** What the merchant does. */
  readonly action: string;
}

const returned =
  'If this `payment.id` paid the order, stop the delivery: the order may be paid again. Otherwise, leave the order as it is.';

/** The outcomes without a reason. */
export const outcomeAdvice: Readonly<Record<OutcomeName, Advice>> = {
  paid: {
    meaning: "The provider confirms that the order's amount was charged, in its currency, and nothing contradicts it.",
    action: 'Fulfil the order, once.',
  },
  authorized: {
    meaning: 'The amount is held on the card. It is not charged.',
    action: 'Before you ship, [capture it](operations.md#holds). Or cancel it, which releases the amount.',
  },
  saved: { meaning: 'A card or account was stored. No money moved.', action: 'Store `savedCard` with the customer. Ship nothing.' },
  pending: {
    meaning: 'The payment is registered but not paid yet: a QR code, a voucher, a transfer.',
    action:
      'Wait for the notification, or [settle it](operations.md#settle-pending-payments-from-a-queue). Show `details.instructions` to the shopper.',
  },
  declined: { meaning: "The provider's final no to this attempt.", action: 'Nothing: another attempt may be in progress.' },
  refunded: {
    meaning: 'The payment was charged, and the whole amount was returned later.',
    action: returned,
  },
  reversed: {
    meaning: 'The payment was undone before it was settled, or it came back from the bank.',
    action: returned,
  },
  forged: {
    meaning: 'The payment that was presented is not the payment of this order.',
    action: "Do not fulfil the order. Check the provider's panel by hand: money may have moved.",
  },
};

/** What a reason adds to its outcome. */
export const reasonAdvice: Readonly<Record<OutcomeReason, Advice & { readonly outcome: OutcomeName }>> = {
  signature: { outcome: 'forged', meaning: 'The provider did not sign the result.', action: 'Log it.' },
  order: {
    outcome: 'forged',
    meaning: 'The payment belongs to another order or another merchant, or no listed secret proves that it belongs to this one.',
    action: 'Check it by hand.',
  },
  currency: {
    outcome: 'forged',
    meaning:
      'It is a payment of this order, but in another currency. The page changed it, or your currency changed while the form was open.',
    action: 'Do not fulfil the order. Refund `reference`: `details` has what was charged.',
  },
  price: {
    outcome: 'pending',
    meaning:
      'It is a payment of this order, but `details.amount`, which was charged or held, is not its price. Your price changed while the form was open, or the page changed the amount.',
    action: 'Do not fulfil the order yet. [Refund it or collect the difference](#a-payment-of-another-price).',
  },
  'unknown-state': {
    outcome: 'pending',
    meaning: 'The provider used words that this version does not know, or words that contradict each other.',
    action: "Look `reference` up in the provider's panel, and report the words to us.",
  },
  unanswered: {
    outcome: 'pending',
    meaning:
      'The provider did not answer what became of the payment. With Payroc and a working `cache`, no further sale is made for ten minutes.',
    action: 'Wait for the notification. With Payroc, do nothing: the next attempt of the shopper looks the sale up first.',
  },
  'not-found': {
    outcome: 'pending',
    meaning: 'The provider does not know the payment yet.',
    action: 'Wait for the notification.',
  },
  stale: {
    outcome: 'pending',
    meaning: 'The payment was made before the time that your order names in `openedAt`, or at an unknown time.',
    action: 'Check it by hand: it is probably the receipt of an earlier payment of this order.',
  },
  partial: {
    outcome: 'pending',
    meaning: 'Only a part of the price was approved. `approved` is that part in minor units. Money has moved.',
    action:
      "Void `reference` in the provider's panel, or collect the rest. With Payroc, it occurs only if you set `acceptPartialAmount` in `extra.order`.",
  },
  referral: {
    outcome: 'pending',
    meaning: "The shopper's bank asks you to call.",
    action: 'Call the bank, or ask for another card. No notification follows.',
  },
  processing: {
    outcome: 'pending',
    meaning: 'The provider has the payment and decides later, as with bank transfers.',
    action: '[Settle it](operations.md#settle-pending-payments-from-a-queue) later. With Payroc, no notification follows.',
  },
  'card-type': {
    outcome: 'declined',
    meaning: 'Your account does not accept this kind of card.',
    action: 'Nothing, or ask the provider to enable it.',
  },
  refused: {
    outcome: 'declined',
    meaning: 'The provider rejected the sale as invalid, so no money moved.',
    action: 'Nothing if it happens once. If it happens often, check your account and the currency of the order.',
  },
};

/** Returns what a merchant does after an outcome. */
export function adviseOn(outcome: OutcomeName, reason?: OutcomeReason): string {
  return (reason ? reasonAdvice[reason] : outcomeAdvice[outcome]).action;
}
