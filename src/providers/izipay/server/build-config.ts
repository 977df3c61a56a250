import { buildCallbackUrl } from '../../../server/callback-url.js';
import { check } from '../../../server/check.js';
import { requireCurrency, type Order } from '../../../server/order.js';
import type { InputContext } from '../../../server/provider.js';
import { izipayConfig, type IzipayConfig } from '../contract.js';
import { buildBilling } from './build-billing.js';
import { stringOfLength, type IzipayOptions, type TokenBinding } from './token-call.js';

/** ISO 4217 (documentation, `currency`). Both have two decimals. */
const currencies = ['PEN', 'USD'];

/**
 * Formats the amount for Izipay: two decimals, no thousands separator. An operation without a payment, such as the registration
 * of a card, has `0.00` (seed).
 *
 * @throws {Problem} `order` for a currency that Izipay does not take
 */
export function formatAmount(order: Order): string {
  const { amount, extra } = order;
  requireCurrency(order, currencies, 'Izipay');
  return extra?.action === 'register' ? '0.00' : `${Math.trunc(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
}

/**
 * Builds the library's configuration for one token, with `keyRSA` beside it. The merchant's `extra` is merged key by key, also in
 * `order`. It cannot replace what the token is bound to, the currency, the billing data or `keyRSA`.
 *
 * @throws {Problem} `order` if Izipay does not take a value of the order
 */
export function buildConfig({ order, reportInput }: InputContext, account: IzipayOptions, binding: TokenBinding): IzipayConfig {
  const { merchantCode, keyRSA } = account;
  const { transactionId, orderNumber, amount } = binding;
  const { order: extraOrder, ...extra } = { ...order.extra } as Record<string, unknown> & { order?: object };
  const billing = order.buyer && buildBilling(order.buyer, reportInput);
  const config = {
    action: 'pay',
    ...extra,
    ...buildCallbackUrls(order, account, extra.render),
    keyRSA,
    transactionId,
    merchantCode,
    order: {
      processType: 'AT',
      // Izipay links saved cards to this id. By default no two orders share one: only the merchant knows which buyers are the same.
      merchantBuyerId: orderNumber,
      ...extraOrder,
      orderNumber,
      currency: order.currency,
      amount,
      // Epoch microseconds.
      dateTimeTransaction: `${Date.now()}000`,
    },
    ...(billing && { billing }),
  };
  return check('order', izipayConfig, config, 'The config for Izipay');
}

/** Builds the URLs for Izipay's notification and for the shopper's return. Each names the order. */
function buildCallbackUrls({ reference }: Order, { notificationUrl, returnUrl }: IzipayOptions, render: unknown): object {
  const build = (url: string) => check('order', stringOfLength(5, 400), buildCallbackUrl(url, reference), 'The address for Izipay');
  const target = returnUrl && build(returnUrl);
  const redirectUrls = { onSuccess: target, onError: target, onCancel: target };
  return {
    ...(notificationUrl && { urlIPN: build(notificationUrl) }),
    ...(target && { render: { typeForm: 'redirect', ...(render as object), redirectUrls } }),
  };
}
