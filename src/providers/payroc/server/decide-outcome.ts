import { decideByRules, type DecidedOutcome } from '../../../server/outcome-rules.js';
import { findPriceMismatch } from '../../../server/price-mismatch.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import { approvals, outcomeRules, type SaleFacts } from './outcome-rules.js';
import { readDetails, readNumbers, readSavedCard } from './sale-details.js';
import type { Sale, SaleTerms } from './sale.js';

/**
 * Decides the outcome of a sale. A 201 only means that Payroc processed it. If money moved, the sale must be for this order and terminal, or
 * it is *forged*. If the merchant still has the money, it must also be of the order's price.
 */
export function decideOutcome(sale: Sale, terms: SaleTerms): VerifiedOutcome {
  const facts = readFacts(sale, terms);
  const decided = decideByRules(outcomeRules, facts);
  const isReturning = facts.returned === 'undecided' && decided.outcome === 'pending';
  const hasMoneyMoved = keepsMoney(decided) || isReturning || decided.outcome === 'refunded' || decided.outcome === 'reversed';
  const mismatch = hasMoneyMoved ? findMismatch(sale, terms, decided) : undefined;
  const approved = sale.transactionResult?.authorizedAmount ?? undefined;
  const savedCard = readSavedCard(sale, terms);
  return {
    ...(mismatch ?? decided),
    ...(!mismatch && decided.reason === 'partial' && approved !== undefined && { approved }),
    ...(sale.paymentId && { reference: sale.paymentId }),
    // A merchant keys payments by this number, so one that was charged always has it.
    numbers: { ...(hasMoneyMoved && { id: sale.order.orderId ?? terms.orderId }), ...readNumbers(sale, terms) },
    details: readDetails(sale, terms),
    ...(savedCard && { savedCard }),
  };
}

type SaleRefunds = NonNullable<Sale['refunds']>;

export function readFacts(sale: Sale, { isHoldRequested, account, ...terms }: SaleTerms): SaleFacts {
  const { transactionResult, refunds, order } = sale;
  const { type, status, responseCode, authorizedAmount } = transactionResult ?? {};
  const amount = (isPartial(sale) ? undefined : order.amount) ?? terms.order.amount;
  const approved = authorizedAmount ?? amount;
  return {
    code: responseCode ?? undefined,
    status,
    kind: readKind(type ?? undefined, isHoldRequested),
    isHoldRequested,
    isBank: account.form !== 'card',
    approved: compareApproved(approved, amount),
    returned: compareReturned(refunds ?? [], approved > 0 ? Math.min(approved, amount) : amount),
  };
}

const kinds: Readonly<Record<string, SaleFacts['kind']>> = {
  sale: 'charge',
  preAuthorization: 'hold',
  preAuthorizationCompletion: 'completion',
  // The type of a bank transfer.
  payment: 'charge',
};

function readKind(type: string | undefined, isHoldRequested: boolean): SaleFacts['kind'] {
  if (type === undefined) return isHoldRequested ? 'hold' : 'charge';
  return (Object.hasOwn(kinds, type) && kinds[type]) || 'other';
}

/** A surcharge may be added to the price. A negative amount is money for the shopper. */
function compareApproved(approved: number, amount: number): SaleFacts['approved'] {
  if (approved <= 0) return 'nothing';
  return approved < amount ? 'part' : 'whole';
}

/** @param whole minor units that return the whole payment */
function compareReturned(refunds: SaleRefunds, whole: number): SaleFacts['returned'] {
  const possible = refunds.filter(
    ({ status, responseCode: code }) => !['declined', 'reversal'].includes(status ?? '') && !['D', 'C', 'R'].includes(code ?? ''),
  );
  if (sumAmounts(possible.filter(isApproved)) >= whole) return 'whole';
  return sumAmounts(possible) >= whole ? 'undecided' : 'part';
}

/** Whether each word of a refund approves it. Payroc documents both words, so a missing one says nothing against it. */
function isApproved({ status, responseCode }: SaleRefunds[number]): boolean {
  return approvals.includes(status ?? 'ready') && (responseCode ?? 'A') === 'A';
}

/** Sums refunds. One without an amount counts as whole, so that its payment does not count as paid. */
function sumAmounts(refunds: SaleRefunds): number {
  return refunds.reduce((sum, { amount }) => sum + Math.abs(amount ?? Infinity), 0);
}

/** Whether the merchant has the shopper's money, or holds it. */
export function keepsMoney({ outcome, reason }: DecidedOutcome): boolean {
  return outcome === 'paid' || outcome === 'authorized' || reason === 'partial';
}

function findMismatch(sale: Sale, terms: SaleTerms, decided: DecidedOutcome): DecidedOutcome | undefined {
  if (!isForOrder(sale, terms)) return { outcome: 'forged', reason: 'order' };
  if (!keepsMoney(decided)) return undefined;
  const { order, transactionResult: result } = sale;
  const amount = isPartial(sale) ? undefined : order.amount;
  return findPriceMismatch(terms.order, [{ amount, currency: order.currency }, { currency: result?.currency }]);
}

/** Whether the sale belongs to this order and terminal. Payroc may omit either, but a value that is present must match. */
function isForOrder({ order, processingTerminalId: terminal }: Sale, { orderId, account: { processingTerminalId } }: SaleTerms): boolean {
  return (terminal ?? processingTerminalId) === processingTerminalId && (order.orderId ?? orderId) === orderId;
}

/** For a partial approval, Payroc may repeat the order with the approved amount. */
function isPartial({ transactionResult }: Sale): boolean {
  return transactionResult?.responseCode === 'P';
}
