import type { VerifiedOutcome } from '../../../server/provider.js';

type RankedOutcome = Pick<VerifiedOutcome, 'outcome' | 'reason'>;

/** What one order's sales may have come to, from the outcome that counts first. Money that moved, or still may, counts before a final no. */
const ranks: readonly ((outcome: RankedOutcome) => boolean)[] = [
  ({ outcome }) => outcome === 'paid',
  ({ outcome }) => outcome === 'authorized',
  ({ outcome, reason }) => outcome === 'forged' || reason === 'price',
  ({ outcome, reason }) => outcome === 'pending' && reason !== 'referral',
  isReturned,
  // The issuer declined it, and charges nothing unless the merchant calls.
  ({ reason }) => reason === 'referral',
  ({ outcome }) => outcome === 'declined',
];

/** The number of ranks that forbid another sale. */
const blockingRanks = 4;

function isReturned({ outcome }: RankedOutcome): boolean {
  return outcome === 'refunded' || outcome === 'reversed';
}

function findRank(outcome: RankedOutcome): number {
  return ranks.findIndex((matches) => matches(outcome));
}

/** Whether another sale of the order could charge the shopper twice. */
export function blocksSale(outcome: RankedOutcome): boolean {
  return findRank(outcome) < blockingRanks;
}

/** Returns the outcome that counts for the order, of several sales. */
export function chooseOutcome<Outcome extends RankedOutcome>(outcomes: readonly Outcome[]): Outcome | undefined {
  return [...outcomes].sort((one, other) => findRank(one) - findRank(other))[0];
}
