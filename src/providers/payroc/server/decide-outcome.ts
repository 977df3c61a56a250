import { decideByRules } from '../../../server/outcome-rules.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import { outcomeRules, type SaleFacts } from './outcome-rules.js';
import { readDetails, readNumbers, readSavedCard } from './sale-details.js';
import type { Sale, SaleTerms } from './sale.js';

/**
 * Decides the outcome of a sale. A 201 only means that Payroc processed it. An outcome for which money moved must be for this order,
 * terminal, amount and currency; otherwise it is *forged*.
 */
export function decideOutcome(sale: Sale, terms: SaleTerms): VerifiedOutcome {
  const decided = decideByRules(outcomeRules, readFacts(sale, terms));
  const hasMoneyMoved = decided.reason === 'partial' || ['paid', 'authorized', 'refunded', 'reversed'].includes(decided.outcome);
  const mismatch = hasMoneyMoved ? findMismatch(sale, terms) : undefined;
  const approved = sale.transactionResult?.authorizedAmount ?? undefined;
  const savedCard = readSavedCard(sale);
  return {
    ...(mismatch ? { outcome: 'forged' as const, reason: mismatch } : decided),
    ...(!mismatch && decided.reason === 'partial' && approved !== undefined && { approved }),
    ...(sale.paymentId && { reference: sale.paymentId }),
    // A merchant keys payments by this number, so one that was charged always has it.
    numbers: { ...(hasMoneyMoved && { id: sale.order.orderId ?? terms.orderId }), ...readNumbers(sale, terms) },
    details: readDetails(sale, terms),
    ...(savedCard && { savedCard }),
  };
}

export function readFacts({ transactionResult, refunds }: Sale, { order: { amount }, isHoldRequested, account }: SaleTerms): SaleFacts {
  const { type, status, responseCode, authorizedAmount } = transactionResult ?? {};
  const approved = authorizedAmount ?? amount;
  return {
    code: responseCode ?? undefined,
    status,
    kind: readKind(type ?? undefined, isHoldRequested),
    isHoldRequested,
    isBank: account.form !== 'card',
    approved: compareApproved(approved, amount),
    isRefunded: sumRefunds(refunds ?? []) >= (approved > 0 ? Math.min(approved, amount) : amount),
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

/** Sums what was returned to the shopper. A refund without an amount counts as whole, so that its payment does not count as paid. */
function sumRefunds(refunds: NonNullable<Sale['refunds']>): number {
  const returned = refunds.filter(
    ({ status, responseCode }) => !['declined', 'reversal'].includes(status ?? '') && !['D', 'C', 'R'].includes(responseCode ?? ''),
  );
  return returned.reduce((sum, { amount }) => sum + Math.abs(amount ?? Infinity), 0);
}

function findMismatch(sale: Sale, terms: SaleTerms): 'order' | 'price' | undefined {
  if (!isForOrder(sale, terms)) return 'order';
  return matchesPrice(sale, terms) ? undefined : 'price';
}

/** Whether the sale belongs to this order and terminal. Payroc may omit either, but a value that is present must match. */
function isForOrder({ order, processingTerminalId: terminal }: Sale, { orderId, account: { processingTerminalId } }: SaleTerms): boolean {
  return (terminal ?? processingTerminalId) === processingTerminalId && (order.orderId ?? orderId) === orderId;
}

function matchesPrice({ order, transactionResult: result }: Sale, { order: { amount, currency } }: SaleTerms): boolean {
  const matchesCurrency = (one: string | null | undefined) => (one ?? currency) === currency;
  // For a partial approval, Payroc may repeat the order with the approved amount.
  const matchesAmount = result?.responseCode === 'P' || (order.amount ?? amount) === amount;
  return matchesAmount && matchesCurrency(order.currency) && matchesCurrency(result?.currency);
}
