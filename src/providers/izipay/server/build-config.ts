import { buildCallbackUrl } from '../../../server/callback-url.js';
import { check } from '../../../server/check.js';
import { requireCurrency, type Order } from '../../../server/order.js';
import type { InputContext } from '../../../server/provider.js';
import { izipayConfig, type IzipayConfig } from '../contract.js';
import { currencies } from '../currencies.js';
import { buildBilling } from './build-billing.js';
import { isRegistration, readAction, readCard, readProcessType } from './requested-payment.js';
import { stringOfLength, type IzipayOptions, type TokenBinding } from './token-call.js';

/** What the token is bound to, and what else the config takes from outside the order. */
export interface TokenRequest extends TokenBinding {
  /** The `merchantBuyerId` of the order's buyer. */
  readonly buyerId?: string;
}

/**
 * Formats the amount for Izipay: two decimals, no thousands separator. An operation without a payment, such as the registration
 * of a card, has `0.00` (seed).
 *
 * @throws {Problem} `order` for a currency that Izipay does not take
 */
export function formatAmount(order: Order): string {
  requireCurrency(order, currencies, 'Izipay');
  return formatMinorUnits(isRegistration(order) ? 0 : order.amount);
}

/** Writes 1050 as `10.50`. */
export function formatMinorUnits(amount: number): string {
  return `${Math.trunc(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
}

/**
 * Builds the library's configuration for one token, with `keyRSA` beside it. The merchant's `extra` is merged key by key, also in
 * `order`. It cannot replace what the token is bound to, the currency, the billing data or `keyRSA`.
 *
 * @throws {Problem} `order` if Izipay does not take a value of the order
 */
export function buildConfig({ order, reportInput }: InputContext, account: IzipayOptions, request: TokenRequest): IzipayConfig {
  const { merchantCode, keyRSA } = account;
  const { order: _, ...extra } = { ...order.extra };
  const billing = order.buyer && buildBilling(order.buyer, reportInput);
  const config = {
    ...buildAction(order),
    ...extra,
    ...buildCallbackUrls(order, account, extra.render),
    keyRSA,
    transactionId: request.transactionId,
    merchantCode,
    order: buildOrder(order, request),
    ...(billing && { billing }),
  };
  return check('order', izipayConfig, config, 'The config for Izipay');
}

/** The documentation requires `token.cardToken` for the action `pay_token`. */
function buildAction(order: Order): object {
  const action = readAction(order);
  const card = action === 'pay_token' ? readCard(order) : undefined;
  return { action, ...(card && { token: { cardToken: card.token } }) };
}

function buildOrder(order: Order, { orderNumber, amount, buyerId }: TokenRequest): object {
  return {
    processType: readProcessType(order),
    // Izipay links saved cards to this id. Without a buyer, no two orders share one: only the merchant knows which shoppers are the same.
    merchantBuyerId: buyerId ?? orderNumber,
    ...(order.extra?.order as object | undefined),
    orderNumber,
    currency: order.currency,
    amount,
    // Epoch microseconds.
    dateTimeTransaction: `${Date.now()}000`,
  };
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
