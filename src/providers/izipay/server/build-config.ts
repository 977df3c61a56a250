import * as z from 'zod/mini';
import { buildCallbackUrl } from '../../../server/callback-url.js';
import { check } from '../../../server/check.js';
import { requireCurrency, type Buyer, type Order } from '../../../server/order.js';
import { izipayConfig, type IzipayConfig } from '../contract.js';
import { stringOfLength, type IzipayOptions, type TokenBinding } from './token-call.js';

/** ISO 4217 (documentation, `currency`). Both have two decimals. */
const currencies = ['PEN', 'USD'];

/**
 * The amount as Izipay writes it: two decimals, no mark for thousands. `0.00` for what is no payment, such as the
 * registration of a card (seed).
 *
 * @throws {Problem} `order`, for a currency that Izipay does not take
 */
export function formatAmount(order: Order): string {
  const { amount, extra } = order;
  requireCurrency(order, currencies, 'Izipay');
  return extra?.action === 'register' ? '0.00' : `${Math.trunc(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
}

/**
 * The library's configuration for this very token, and `keyRSA` beside it. What the merchant adds by `extra` joins it key by
 * key, also in `order`, but replaces nothing that the token is bound to, nor currency, billing data or `keyRSA`.
 *
 * @throws {Problem} `order`, where the order holds what Izipay does not take
 */
export function buildConfig(order: Order, account: IzipayOptions, bound: TokenBinding): IzipayConfig {
  const { merchantCode, keyRSA } = account;
  const { transactionId, orderNumber, amount } = bound;
  const { order: more, ...extra } = { ...order.extra } as Record<string, unknown> & { order?: object };
  const config = {
    action: 'pay',
    ...extra,
    ...buildCallbackUrls(order, account, extra.render),
    keyRSA,
    transactionId,
    merchantCode,
    order: {
      processType: 'AT',
      // Saved cards hang on it, so that by default no two orders share one: which buyers are the same is for the merchant to say.
      merchantBuyerId: orderNumber,
      ...more,
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

/** Where Izipay tells what came of it, and where it sends the shopper back to: in the address stands which order it was. */
function buildCallbackUrls({ reference }: Order, { notificationUrl, returnUrl }: IzipayOptions, render: unknown): object {
  const made = (url: string) => check('order', stringOfLength(5, 400), buildCallbackUrl(url, reference), 'The address for Izipay');
  const back = returnUrl && made(returnUrl);
  const redirectUrls = { onSuccess: back, onError: back, onCancel: back };
  return {
    ...(notificationUrl && { urlIPN: made(notificationUrl) }),
    ...(back && { render: { typeForm: 'redirect', ...(render as object), redirectUrls } }),
  };
}

/** Documentation, `billing`; where its table and that of the library differ, the wider limit. */
const billing = z.lazy(() =>
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

/** The buyer in Izipay's words. Its phone number has no country code: Plin wants the nine digits alone. */
function buildBilling({ firstName, lastName, email, phone, address, document }: Buyer): z.infer<typeof billing> {
  const { line1, line2, city, state, country, postalCode } = address;
  const data = {
    ...{ firstName, lastName, email, city, state, country },
    phoneNumber: phone.number.replace(/[\s-]/g, ''),
    // The most that Izipay takes. Who delivers there has the whole of it.
    street: [line1, line2].filter(Boolean).join(' ').slice(0, 40),
    ...(postalCode && { postalCode }),
    ...(document && { documentType: document.type, document: document.number }),
  };
  return check('order', billing, data, "The order: `buyer`, as Izipay's `billing`");
}
