import { check } from '../../../server/check.js';
import { Problem } from '../../../server/problem.js';
import type { InputContext } from '../../../server/provider.js';
import { flexPayload, type FlexConfig } from '../contract.js';
import { buildBuyer } from './build-buyer.js';
import type { Account } from './calls.js';
import { toCurrencyCode } from './currencies.js';

/**
 * Builds the `payload` that the browser passes to the form. The merchant's `extra` cannot replace the amount, the currency or the
 * billing data.
 *
 * @throws {Problem} `order` if the order lacks a field that Pay-me needs
 */
export function buildPayload({ order, reportInput }: InputContext, account: Account, operation: string): FlexConfig['payload'] {
  const { buyer, extra } = order;
  if (!buyer) throw new Problem('order', 'The order: `buyer` should be an object, because Pay-me needs billing data, but was missing.');
  const { billing, customer } = buildBuyer(buyer, reportInput);
  const payload = {
    action: 'authorize',
    channel: 'ecommerce',
    merchant_code: account.merchantCode,
    merchant_operation_number: operation,
    payment_method: buildPaymentMethod(account),
    payment_details: {
      ...(customer && { customer }),
      ...extra,
      ...(account.takesNotifications && { additional_fields: { ...(extra?.additional_fields as object), reference: order.reference } }),
      amount: String(order.amount),
      currency: toCurrencyCode(order),
      billing,
    },
  };
  return check('order', flexPayload, payload, 'The payload for Pay-me');
}

/** Present even if empty, as the newest documentation requires. The URLs in it are taken from Pay-me's own plugin. */
function buildPaymentMethod({ notificationUrl, returnUrl }: Account): object {
  if (!notificationUrl && !returnUrl) return {};
  return { method_details: { ...(notificationUrl && { callback_url: notificationUrl }), ...(returnUrl && { redirect_url: returnUrl }) } };
}

/** Reads the order's reference from the fields that Pay-me returns unchanged (documentation, `additional_fields`). */
export function readOrderReference(fields: unknown): string | undefined {
  const { reference } = Object(fields) as { reference?: unknown };
  return typeof reference === 'string' ? reference : undefined;
}
