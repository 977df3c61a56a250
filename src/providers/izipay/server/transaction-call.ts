import * as z from 'zod/mini';
import type { OperationContext } from '../../../server/operations/provider-operations.js';
import { hosts } from '../contract.js';
import { readKnownPayment, toBinding } from './known-payment.js';
import { createTokenCall, requireToken, type Account } from './token-call.js';

/** The paths of the sandbox guide 2.5. Other merchants' code shows their bodies. */
export type TransactionPath = '/orderinfo/v1/Transaction/Search' | '/cancel/api/Transaction/Cancel' | '/capture/v1/Transaction/Deposit';

export interface TransactionCall {
  readonly path: TransactionPath;
  readonly body: unknown;
  readonly movesMoney?: boolean;
}

/** Izipay's answer, in a shape that no document describes completely. */
export type TransactionAnswer = Readonly<Record<string, unknown>>;

const answerSchema = z.lazy(() => z.record(z.string(), z.unknown()));

/** Milliseconds. Izipay waits for the bank. */
const moneyTimeout = 25_000;

/**
 * Calls Izipay about one payment: with a new session token for its original order number, amount and `transactionId`, which is also the
 * header of the call (recorded in the test environment, November 2025).
 *
 * @throws {Problem} `upstream-…`
 */
export async function callTransaction(account: Account, context: OperationContext, call: TransactionCall): Promise<TransactionAnswer> {
  const { path, body, movesMoney } = call;
  const environment = context.environment;
  const binding = toBinding(readKnownPayment(context.payment));
  const token = requireToken(await context.send(createTokenCall(environment, account, binding)));
  return context.send({
    name: `Izipay POST ${path}`,
    method: 'POST',
    url: `${hosts[environment].api}${path}`,
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      transactionId: binding.transactionId,
      Authorization: `Bearer ${token}`,
    },
    body,
    responseSchema: answerSchema,
    // No document names an idempotency key, so a repeated call could act twice.
    ...(movesMoney && { money: 'once', timeout: moneyTimeout }),
  });
}
