import { readSettledOutcome, type Order } from '../../../server/order.js';
import { Problem } from '../../../server/problem.js';
import type { ChargeContext } from '../../../server/operations/provider-operations.js';
import type { SavedCard } from '../../../server/payment.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import { forms, type PayrocForm } from '../contract.js';
import type { Account } from './calls.js';
import { holdsCardsOnly } from './order-features.js';
import { createSavedSource } from './payment-source.js';
import { runSale } from './run-sale.js';

/**
 * Charges a saved card or account without the shopper (documentation, `paymentMethod` of type `secureToken`).
 *
 * @throws {Problem} `invalid` for an order that cannot be charged so, `upstream-…` if Payroc fails
 */
export async function chargeCard(account: Account, context: ChargeContext): Promise<VerifiedOutcome> {
  const { card, key, order } = context;
  const form = readForm(card, account);
  requireChargeable(order, form);
  // The card is saved already. What a sale says about it would replace the numbers of the first payment.
  const { savedCard: _, ...outcome } = await runSale(
    { ...account, scenario: 'payment', form },
    context,
    createSavedSource(card, key, form),
  );
  return outcome;
}

function readForm({ numbers }: SavedCard, account: Account): PayrocForm {
  return forms.find((form) => form === numbers?.form) ?? account.form;
}

function requireChargeable(order: Order, form: PayrocForm): void {
  const settled = readSettledOutcome(order);
  if (settled && settled !== 'pending')
    throw new Problem('invalid', `The order is ${settled} already, so pay.charge() does not charge it.`);
  if (order.save === 'only')
    throw new Problem('invalid', "The order has `save: 'only'`, which takes no payment, so pay.charge() cannot charge it.");
  if (order.capture === 'later' && form !== 'card') {
    throw new Problem('invalid', `The order has \`capture: 'later'\`. ${holdsCardsOnly}`);
  }
}
