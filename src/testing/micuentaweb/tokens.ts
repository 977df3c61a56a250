import { apiHosts, type Brand } from '../../providers/micuentaweb/contract.js';
import { isFaultDue } from '../faults.js';
import { asObject, asText, refuseUnless, type Json } from '../http.js';
import { readMode, type Account, type Call, type Order } from './account.js';
import { requireField } from './envelope.js';
import { createFormToken } from './form-token.js';

const formActions = ['PAYMENT', 'REGISTER', 'REGISTER_PAY', 'ASK_REGISTER_PAY'];

/** How many more tries a refused shopper has by default (documentation, "Retry"; an older page says 3). */
const defaultRetries = 1;

/** `Charge/CreatePayment`: issues a form token, which lives for 15 minutes. */
export function createPayment(call: Call): Json {
  const { account, fault } = call;
  const { tokens, orders, settings } = account;
  const order = createOrder(call);
  const { brand, amount, currency, orderId } = order;
  if (fault === 'without-token') return { _type: 'V4/Charge/PaymentForm' };
  const formToken = createFormToken(brand, { amount, currency, mode: readMode(account), orderId });
  tokens.set(formToken, { order, expiresAtMs: settings.now() + settings.tokenLifetime * 1000 });
  orders.push(order);
  return { formToken, _type: 'V4/Charge/PaymentForm' };
}

/** `Charge/SDKTest`: echoes a value. */
export function echoValue({ body }: Call): Json {
  return { value: body.value, _type: 'V4/Charge/SDKTest' };
}

function createOrder({ body, request }: Call): Order {
  const { amount, currency, orderId = '' } = body;
  refuseUnless(Number.isSafeInteger(amount) && Number(amount) > 0, 200, '`amount` should be an integer.', 'INT_006');
  requireField(/^[A-Z]{3}$/.test(asText(currency)), 'currency');
  // The length is that of the hosted form in Lyra's plugin. The documentation allows ASCII only.
  requireField(typeof orderId === 'string' && /^[\x20-\x7e]{0,63}$/.test(orderId), 'orderId');
  requireField(body.formAction === undefined || formActions.includes(asText(body.formAction)), 'formAction');
  const options = asObject(asObject(body.transactionOptions)?.cardOptions) ?? {};
  return {
    ...{ brand: findBrandOfHost(request.url), orderId, amount: Number(amount), currency: asText(currency) },
    ...{
      formAction: asText(body.formAction) || 'PAYMENT',
      customer: asObject(body.customer) ?? {},
      metadata: asObject(body.metadata) ?? null,
    },
    ...{ ipnTargetUrl: asText(body.ipnTargetUrl), isValidatedByMerchant: options.manualValidation === 'YES' },
    ...{ retries: typeof options.retry === 'number' ? options.retry : defaultRetries },
    ...{ transactions: [], notifications: [], isClosed: false },
  };
}

function findBrandOfHost(url: string): Brand {
  const { origin } = new URL(url);
  return (Object.keys(apiHosts) as Brand[]).find((brand) => apiHosts[brand] === origin) as Brand;
}

/**
 * Returns the order of a token that can be paid.
 *
 * @throws {Refusal} INT_903 for an unknown token, and PSP_108 for one that has expired or was spent
 */
export function requireOrder({ tokens, settings, faults }: Account, token: string): Order {
  const grant = tokens.get(token);
  refuseUnless(grant, 200, 'The form token is unknown.', 'INT_903');
  const isAlive = settings.now() < grant.expiresAtMs && !isFaultDue(faults, 'deadTokens');
  refuseUnless(isAlive, 200, 'The form token has expired.', 'PSP_108');
  return grant.order;
}
