import type { ListedRefund, PaymentContext, PaymentRecord } from '../../../server/operations/provider-operations.js';
import type { Order } from '../../../server/order.js';
import type { Payment } from '../../../server/payment.js';
import type { Account } from './calls.js';
import { isCancelled, readStage, type ChargeStage } from './charge-stage.js';
import { describeCharge } from './describe-charge.js';
import { fetchCharge } from './fetch-charge.js';
import { readNumbers } from './payment-numbers.js';
import { readCharge, type ReadCharge } from './read-charge.js';
import { fetchRefunds } from './refund-list.js';
import type { ChargeNumbers } from './reported-charge.js';

/** Pay-me's own record of a payment, with what decides how its money can go back. */
export interface PaymeRecord extends PaymentRecord {
  readonly stage: ChargeStage;
  readonly isCancelled: boolean;
  /** Pay-me's word, such as `CARD`, if the record has it. */
  readonly method?: string;
  /** Whether Pay-me refuses to list the refunds, so that those made in its panel are not known. */
  readonly lacksRefunds: boolean;
}

/** The stages in which the money was charged in the first place. */
const chargedStages: readonly ChargeStage[] = ['elsewhere', 'authorized', 'settled', 'reversed'];
/** The stages in which there may be refunds. A pending payment has none, and costs one call only. */
const refundedStages: readonly ChargeStage[] = ['elsewhere', 'authorized', 'settled', 'unknown'];

/**
 * Requests Pay-me's own record of a payment, and its refunds. A payment without a transaction id is *pending*, and Pay-me is not called:
 * its documentation has no query without one, and most of these payments are of shoppers who left the form.
 *
 * @throws {ShapeError} {Problem} `upstream-…`
 */
export async function queryCharge(account: Account, context: PaymentContext): Promise<PaymeRecord> {
  const reported = readNumbers(context.payment);
  const empty = { charged: 0, held: 0, refunds: [], lacksRefunds: false } as const;
  if (!reported) return { ...empty, isCancelled: false, outcome: 'pending', reason: 'not-found', stage: 'unidentified' };
  const read = readCharge(await fetchCharge(account, reported, context), reported);
  const { numbers, ...verified } = describeCharge(read, { order: context.order, reported, merchantCode: account.merchantCode });
  // `pay.settle()` compares it with the order's price of today, which does not replace the price that the payment was made for.
  const { amount, currency } = context.payment as Payment & Pick<Order, 'amount' | 'currency'>;
  const stage = verified.reason === 'order' ? 'foreign' : readStage(read);
  const refunds = await listRefunds(stage, reported, account, context);
  return {
    ...verified,
    numbers: { ...numbers, amount, currency },
    charged: chargedStages.includes(stage) ? readChargedAmount(read) : 0,
    held: 0,
    refunds: refunds ?? [],
    lacksRefunds: refunds === undefined,
    stage,
    method: verified.details?.method,
    cannotCancel: stage === 'settled',
    isCancelled: stage !== 'foreign' && isCancelled(read),
    showsCancel: true,
  };
}

function listRefunds(
  stage: ChargeStage,
  { operation }: ChargeNumbers,
  account: Account,
  context: PaymentContext,
): readonly ListedRefund[] | Promise<readonly ListedRefund[] | undefined> {
  const mayHaveRefunds = refundedStages.includes(stage) || context.moves.some(({ kind }) => kind === 'refund');
  return mayHaveRefunds ? fetchRefunds(account, operation, context) : [];
}

/** Returns minor units. */
function readChargedAmount({ charge, evidence }: ReadCharge): number {
  return Number(evidence?.amount ?? charge?.operation.amount);
}
