import * as z from 'zod/mini';
import { check } from '../../../server/check.js';
import { formatMinorUnits } from './build-config.js';
import type { ChargedPayment } from './charged-payment.js';
import { amountText, stringOfLength, type Account } from './token-call.js';
import type { TransactionPath } from './transaction-call.js';

/** The fields that an annulment and a capture have in common, with their lengths (three merchants' code, and a recorded capture). */
const orderShape = () => ({
  orderNumber: stringOfLength(5, 15),
  currency: stringOfLength(3, 3),
  amount: amountText(),
  payMethod: z.string(),
  channel: z.literal('ecommerce'),
  uniqueId: stringOfLength(1, 40),
  authorizationCode: stringOfLength(1, 10),
  transactionDatetime: stringOfLength(10, 40),
});

const moneyBody = z.lazy(() =>
  z.object({
    merchantCode: z.string(),
    order: z.object({ ...orderShape(), datetimeTerminalTransaction: z.optional(z.string()) }),
    language: z.literal('ESP'),
  }),
);

/**
 * Builds the body of an annulment or of a capture, both of the whole amount.
 *
 * @param extra further fields of `order`
 * @throws {Problem} `upstream-request` if Izipay does not take a number of the payment
 */
export function buildMoneyBody(path: TransactionPath, { merchantCode }: Account, payment: ChargedPayment, extra: object = {}): unknown {
  const { id: orderNumber, amount, currency, payMethod, uniqueId, authorizationCode, paidAt } = payment;
  const order = {
    ...{ orderNumber, currency, amount: formatMinorUnits(amount), payMethod, channel: 'ecommerce' },
    ...{ uniqueId, authorizationCode, transactionDatetime: formatMoment(paidAt), ...extra },
  };
  return check('upstream-request', moneyBody, { merchantCode, order, language: 'ESP' }, `Izipay POST ${path}`);
}

/**
 * Writes `2024-03-07T11:20:34-05:00` as `2024-03-07 11:20:34.000`, as in the recorded capture. No annulment is recorded. Other merchants' code
 * sends one in ISO 8601, with `Z` or without a zone. Try it in the sandbox.
 */
export function formatMoment(paidAt: string): string {
  return `${paidAt.slice(0, 19).replace('T', ' ')}.000`;
}
