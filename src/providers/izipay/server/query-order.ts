import type { PaymentContext } from '../../../server/operations/provider-operations.js';
import type { Order } from '../../../server/order.js';
import type { DecidedOutcome } from '../../../server/outcome-rules.js';
import { approvedCode, isDenied } from '../contract.js';
import { describePayment } from './describe-payment.js';
import { applyMoves, type IzipayRecord } from './izipay-record.js';
import { readKnownPayment, type KnownPayment } from './known-payment.js';
import { readPurpose } from './order-number.js';
import { withPurpose, type Purpose } from './requested-payment.js';
import { authorizedState, readFacts, readMinorUnits } from './result-facts.js';
import { parseResult, type SignedPayment, type SignedResult } from './signed-result.js';
import type { Account } from './token-call.js';
import { callTransaction } from './transaction-call.js';
import { decideResult } from './verify-result.js';

/** Izipay's answer to a query has the fields of a result, but no signature: the connection and the session token vouch for it. */
type QueriedResult = SignedResult;

/**
 * Requests Izipay's record of a payment by its order number (`POST /orderinfo/v1/Transaction/Search`, from three merchants' code).
 *
 * @throws {Problem} `upstream-…` {ShapeError} if the payment lacks the numbers of its token
 */
export async function queryOrder(account: Account, context: PaymentContext): Promise<IzipayRecord> {
  const known = readKnownPayment(context.payment);
  const { merchantCode } = account;
  // The field is really spelt `numberOrden`.
  const body = { merchantCode, numberOrden: known.id, language: 'ESP' };
  const answer = await callTransaction(account, context, { path: '/orderinfo/v1/Transaction/Search', body });
  const order = withPurpose(context.order, await findKnownPurpose(account, known, context.order));
  // Any object is a result, however little it says.
  const result = parseResult(JSON.stringify(answer)) as QueriedResult;
  return applyMoves(readRecord(result, known, order), context.moves);
}

/** Returns what the payment or its order number says of the order: `pay.query()` knows no more of it than the price. */
async function findKnownPurpose({ hashKeys }: Account, known: KnownPayment, { reference }: Order): Promise<Purpose> {
  if (known.action === 'register') return 'registration';
  if (known.processType === 'PA') return 'hold';
  return (await readPurpose(known.id, hashKeys, reference)) ?? 'payment';
}

function readRecord(result: QueriedResult, known: KnownPayment, order: Order): IzipayRecord {
  const nothing = { charged: 0, held: 0, refunds: [], known };
  const payments = result.payments.filter(({ orderNumber }) => orderNumber === known.id);
  if (result.code !== approvedCode || payments.length === 0) return { outcome: 'pending', reason: 'not-found', ...nothing };
  const approved = selectApproved(payments, known);
  if (approved) return describeApproved(approved, result, known, order);
  return { ...decideWithoutApproval(payments, known), ...nothing };
}

/** An order number may have several results: those of declined cards, and one of the card that paid. */
function selectApproved(payments: readonly SignedPayment[], { uniqueId }: KnownPayment): SignedPayment | undefined {
  const approved = payments.filter(({ stateMessage }) => authorizedState.test(stateMessage));
  return approved.length === 1 ? approved[0] : approved.find((payment) => payment.uniqueId !== '' && payment.uniqueId === uniqueId);
}

/** A payment that Izipay has signed as approved does not become declined: the query may show another card's result. */
function decideWithoutApproval(payments: readonly SignedPayment[], { paidAt }: KnownPayment): DecidedOutcome {
  const isDeclined = paidAt === undefined && payments.every(({ stateMessage }) => isDenied(stateMessage));
  return isDeclined ? { outcome: 'declined' } : { outcome: 'pending', reason: 'unknown-state' };
}

function describeApproved(payment: SignedPayment, answer: QueriedResult, known: KnownPayment, order: Order): IzipayRecord {
  const result = { ...answer, payments: [payment] };
  const decided = decideResult(result, order);
  const { savedCard: _card, details, ...described } = describePayment(result, order);
  const numbers = mergeNumbers(described.numbers as Partial<KnownPayment>, known);
  const { paidAt } = numbers;
  return {
    ...{ ...decided, ...described, details: { ...details, ...(paidAt !== undefined && { paidAt }) } },
    ...{ numbers: { ...numbers }, ...readMoney(payment, decided, order), refunds: [], known: numbers },
  };
}

/** What Izipay signed is worth more than the answer to a query, which only adds what is missing. */
function mergeNumbers(numbers: Partial<KnownPayment>, known: KnownPayment): KnownPayment {
  const { id, transactionId, amount, currency } = known;
  const merged = known.paidAt === undefined ? { ...known, ...numbers } : { ...numbers, ...known };
  return { ...merged, id, transactionId, amount, currency };
}

/** A payment of another amount than the order's price is known to be charged or held. One in another currency is not this payment. */
function readMoney(payment: SignedPayment, { outcome, reason }: DecidedOutcome, order: Order): { charged: number; held: number } {
  const isApproved = outcome === 'paid' || outcome === 'authorized' || reason === 'price';
  const amount = isApproved ? (readMinorUnits(payment.amount) as number) : 0;
  return readFacts(order).request === 'hold' ? { charged: 0, held: amount } : { charged: amount, held: 0 };
}
