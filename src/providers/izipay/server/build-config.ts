import * as z from 'zod/mini';
import { buildCallbackUrl } from '../../../server/callback-url.js';
import { check } from '../../../server/check.js';
import { requireCurrency, type Buyer, type Order } from '../../../server/order.js';
import { izipayConfig, type IzipayConfig } from '../contract.js';
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
export function buildConfig(order: Order, account: IzipayOptions, binding: TokenBinding): IzipayConfig {
  const { merchantCode, keyRSA } = account;
  const { transactionId, orderNumber, amount } = binding;
  const { order: extraOrder, ...extra } = { ...order.extra } as Record<string, unknown> & { order?: object };
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
    ...(order.buyer && { billing: buildBilling(order.buyer) }),
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

/** Documented in `billing`. Where its table and the library's differ, the wider limit applies. */
const billingSchema = z.lazy(() =>
  z.object({
    firstName: stringOfLength(2, 50),
    lastName: stringOfLength(2, 50),
    email: stringOfLength(5, 50),
    phoneNumber: z.string().check(z.regex(/^\d{7,15}$/, 'should have 7 to 15 digits')),
    street: stringOfLength(5, 40),
    city: stringOfLength(3, 40),
    state: stringOfLength(3, 40),
    country: z.string().check(z.regex(/^[A-Z]{2}$/, 'should be the two capital letters of ISO 3166')),
    postalCode: z.optional(stringOfLength(5, 10)),
    documentType: z.optional(z.enum(['DNI', 'CE', 'PASAPORTE', 'RUC', 'OTROS'])),
    document: z.optional(z.string().check(z.regex(/^[0-9A-Za-z]{7,15}$/, 'should have 7 to 15 letters and digits'))),
  }),
);

/** Builds the billing data. The phone number has no country code: Plin requires the nine digits alone. */
function buildBilling({ firstName, lastName, email, phone, address, document }: Buyer): z.infer<typeof billingSchema> {
  const { line1, line2, city, state, country, postalCode } = address;
  const data = {
    ...{ firstName, lastName, email, city, state, country },
    phoneNumber: phone.number.replace(/[\s-]/g, ''),
    // Izipay takes at most 40 characters. The merchant keeps the whole address.
    street: [line1, line2].filter(Boolean).join(' ').slice(0, 40),
    ...(postalCode && { postalCode }),
    ...(document && { documentType: document.type, document: document.number }),
  };
  return check('order', billingSchema, data, "The order: `buyer`, as Izipay's `billing`");
}
