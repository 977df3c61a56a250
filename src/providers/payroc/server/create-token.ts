import type { Order } from '../../../server/order.js';
import type { PaymentNumbers } from '../../../server/payment.js';
import type { ServerContext, ServerToken } from '../../../server/provider.js';
import { createBearerGrant, createSessionCall, type Account } from './calls.js';
import { createIdempotencyKey } from './idempotency-key.js';
import { chooseAccount, findSavedTokenId, type Merchant } from './merchant.js';
import { requestsHold } from './sale.js';

/** Requests a session of Payroc's form. */
export async function createToken(merchant: Merchant, { order, send, withBearer }: ServerContext): Promise<ServerToken> {
  const account = chooseAccount(merchant, order);
  const { scenario: mode, form } = account;
  const { amount, currency } = order;
  const [key, id] = [createIdempotencyKey(), findSavedTokenId(merchant, account, order)];
  const { token, expiresAt } = await withBearer(createBearerGrant(account), (bearer) =>
    send(createSessionCall(account, id, { bearer, key })),
  );
  const numbers = createNumbers(account, order);
  // The button of the form shows the price. A form that saves a card takes no payment.
  return { token, expiresAt, config: { mode, form, ...(mode === 'payment' && { amount, currency }) }, numbers };
}

/** Creates the numbers that are known before the sale. */
function createNumbers(account: Account, order: Order): PaymentNumbers {
  const { form, scenario } = account;
  const { amount, currency } = order;
  const numbers = { form, amount, currency };
  if (scenario === 'tokenization') return { ...numbers, save: 'only' };
  return { ...numbers, ...(requestsHold(account, order) && { capture: 'later' }) };
}
