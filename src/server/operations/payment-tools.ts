import type { OnEvent } from '../event-reporter.js';
import { KeyedLock } from '../keyed-lock.js';
import type { Order } from '../order.js';
import type { Payment } from '../payment.js';
import type { ConfiguredProvider, RequestContexts } from '../request-contexts.js';
import type { RequestScope } from '../upstream.js';
import type { Ledger } from './ledger.js';
import { createLogKey } from './log-key.js';
import { MoneyLog } from './money-log.js';
import { OperationNotSupported, OperationRefused } from './operation-errors.js';
import { parsePayment } from './operation-input.js';
import { runInScope } from './operation-scope.js';
import type { OperationName, ProviderOperations } from './provider-operations.js';
import type { QueryTools } from './query-payment.js';

/** One payment, and all that an operation on it needs. */
export interface PaymentTools extends QueryTools {
  readonly payment: Payment;
  readonly scope: RequestScope;
}

/** Runs an operation on one payment. */
export type RunOnPayment = <T>(
  operation: OperationName | 'settle',
  input: unknown,
  work: (tools: PaymentTools) => Promise<T>,
) => Promise<T>;

/** Creates the function that runs the operations on one payment one after the other, in this process. */
export function createPaymentRunner(contexts: RequestContexts, ledger: Ledger, onEvent?: OnEvent): RunOnPayment {
  const lock = new KeyedLock();
  return async (operation, input, work) => {
    const payment = parsePayment(operation, input);
    const { provider, environment } = payment;
    const operations = requireOperation(contexts.findProvider(payment, `pay.${operation}()`), operation);
    return runInScope(operation, { provider, environment }, onEvent, async (scope) => {
      const key = requireLogKey(operation, payment, operations);
      const context = { ...contexts.createProviderContext(environment, scope), payment, order: createOrder(payment) };
      return lock.run(key, scope.signal, () => work({ payment, scope, operations, context, log: new MoneyLog(ledger, key) }));
    });
  };
}

/** @throws {OperationNotSupported} */
export function requireOperation({ name, provider }: ConfiguredProvider, operation: OperationName | 'settle'): ProviderOperations {
  const { operations, capabilities } = provider;
  const needed = operation === 'settle' ? 'query' : operation;
  if (operations?.[needed]) return operations;
  throw new OperationNotSupported(name, operation, capabilities?.[needed].instead ?? `Provider ${name} does not support it.`);
}

/** Without its number, a payment would have another log than with it. It can only be read. */
function requireLogKey(operation: OperationName | 'settle', payment: Payment, operations: ProviderOperations): string {
  const key = createLogKey(payment, operations);
  if (key !== undefined) return key;
  const { provider, environment, order } = payment;
  if (operation === 'query' || operation === 'settle') return JSON.stringify([provider, environment, 'order', order]);
  const message = `pay.${operation}(): the payment should have the number that ${provider} gave it, but has none.`;
  throw new OperationRefused('state', `${message} Pass the payment that onOutcome received, or that pay.query() returns.`);
}

/** Creates an order with what the payment itself says. */
function createOrder(payment: Payment): Order {
  const { order: reference, amount, currency } = payment as Payment & Pick<Order, 'amount' | 'currency'>;
  return { reference, amount, currency };
}
