import type { MoneyMove } from '../../../server/operations/money-move.js';
import type { PaymentRecord } from '../../../server/operations/provider-operations.js';
import type { PaymentNumbers } from '../../../server/payment.js';
import { decideOutcome, readFacts } from './decide-outcome.js';
import { listRefunds, sumDone } from './list-refunds.js';
import { isCompletion, readAmounts } from './payment-amounts.js';
import type { Sale, SaleTerms } from './sale.js';

/** What Payroc says about a payment, with what our own calls did to it. */
export interface PayrocRecord extends PaymentRecord {
  /** Whether the merchant's `payment` has Payroc's id, which the calls that move money need. */
  readonly isIdentified: boolean;
  readonly isBank: boolean;
  /** `transactionResult.status` */
  readonly status: string | undefined;
  /** What Payroc allows now. Missing if it does not say so. */
  readonly supportedOperations: readonly string[] | undefined;
}

/** A payment as the merchant stored it. */
export interface StoredTerms {
  readonly terms: SaleTerms;
  readonly isIdentified: boolean;
  /** Minor units. */
  readonly price: number;
  readonly moves: readonly MoneyMove[];
}

/** Reads a payment, and decides its outcome by the rules of a sale. A capture or a reversal of a part does not change them. */
export function readRecord(sale: Sale, { terms, isIdentified, price, moves }: StoredTerms): PayrocRecord {
  const amounts = readAmounts(sale, price, moves);
  const refunds = listRefunds(sale, { price, moves, amounts });
  const isCaptured = isCompletion(sale) || moves.some(isCapture);
  const restored = restoreSale(sale, { price, reversed: amounts.reversed, isCaptured, returned: sumDone(refunds, moves) });
  const { kind, status } = readFacts(restored, terms);
  const isHeld = kind === 'hold' || (kind === 'charge' && terms.isHoldRequested && status === 'pending');
  const charged = !isHeld && kind !== 'other' && isCharged(sale) ? amounts.charged : 0;
  const { numbers, details, ...decided } = decideOutcome(restored, terms);
  return {
    ...decided,
    numbers: keepPrice(numbers),
    details: { ...details, ...(charged > 0 && { amount: charged }) },
    charged,
    held: isHeld ? readAmounts(sale, price, []).charged : isCaptured ? price : 0,
    refunds,
    ...{ isIdentified, isBank: terms.account.form !== 'card', status },
    supportedOperations: sale.supportedOperations,
  };
}

const isCapture = ({ kind, state }: MoneyMove) => kind === 'capture' && state !== 'rejected';

/** Whether the payment was charged, whatever was returned since. */
function isCharged({ transactionResult }: Sale): boolean {
  const { responseCode, status = '' } = transactionResult ?? {};
  return ['A', 'P'].includes(responseCode ?? '') && ['ready', 'complete', 'accepted', 'reversal', 'returned'].includes(status);
}

/** Leaves out the price, so that the merchant's `payment` keeps the one that it was made for. */
function keepPrice({ amount: _amount, currency: _currency, ...numbers }: PaymentNumbers = {}): PaymentNumbers {
  return numbers;
}

interface Changes {
  /** Minor units. */
  readonly price: number;
  readonly reversed: number;
  readonly isCaptured: boolean;
  /** Minor units that surely went back. */
  readonly returned: number;
}

/** Returns the payment with the amounts that it had in the first place, which the rules of a sale expect. */
function restoreSale(sale: Sale, { price, reversed, isCaptured, returned }: Changes): Sale {
  const restore = (amount: number | null | undefined) => {
    if (amount === undefined || amount === null || amount + reversed <= 0) return amount;
    if (isCaptured) return Math.max(amount, price);
    return amount + Math.min(reversed, Math.max(0, price - amount));
  };
  const { order, transactionResult: result } = sale;
  return {
    ...sale,
    order: { ...order, amount: restore(order.amount) },
    ...(result && { transactionResult: { ...result, authorizedAmount: restore(result.authorizedAmount) } }),
    refunds: returned > 0 ? [{ amount: returned, status: 'ready', responseCode: 'A' }] : [],
  };
}
