import * as z from 'zod/mini';
import type { ListedRefund, PaymentRecord } from './provider-operations.js';

const states = ['asked', 'done', 'rejected'] as const;
const kinds = ['refund', 'cancel', 'capture'] as const;

const moveSchema = z.lazy(() =>
  z.object({
    kind: z.enum(kinds),
    key: z.string(),
    amount: z.number(),
    call: z.string(),
    state: z.enum(states),
    sentAt: z.number(),
    id: z.optional(z.string()),
    charged: z.optional(z.number()),
  }),
);

export type MoveKind = (typeof kinds)[number];

/** A refund, cancellation or capture, as the ledger stores it. It is stored before it is sent. */
export interface MoneyMove {
  readonly kind: MoveKind;
  /** The merchant's own id of it. */
  readonly key: string;
  /** Minor units. */
  readonly amount: number;
  /** The provider's call that was chosen. */
  readonly call: string;
  /** `asked` until the provider decides, also if its response was lost. */
  readonly state: (typeof states)[number];
  /** When it was first sent, in epoch ms. */
  readonly sentAt: number;
  /** The provider's id of it. */
  readonly id?: string;
  /** Minor units that the payment was charged in the first place, as the provider described it when the move was planned. */
  readonly charged?: number;
}

/** Reads a move from the ledger's text. */
export function parseMove(text: string): MoneyMove | undefined {
  try {
    return moveSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Finds the refund of the provider's list that is this move. */
export function findListed(move: MoneyMove, listed: readonly ListedRefund[]): ListedRefund | undefined {
  if (move.kind !== 'refund') return undefined;
  const isMove = ({ id, key }: ListedRefund) =>
    id !== undefined && move.id !== undefined ? id === move.id : key !== undefined && key === move.key;
  return listed.find(isMove);
}

/**
 * Sums what was returned to the shopper, or may have been: all that the provider lists, and each of our moves that it does not list. A
 * refund with an unknown result counts, because money may have moved.
 */
export function sumReturned(moves: readonly MoneyMove[], listed: readonly ListedRefund[]): number {
  const unlisted = moves.filter((move) => move.kind !== 'capture' && !findListed(move, listed));
  return [...listed, ...unlisted].filter(({ state }) => state !== 'rejected').reduce((sum, { amount }) => sum + amount, 0);
}

/** Returns what can still be refunded, in minor units. */
export function findRefundable({ charged, refunds }: PaymentRecord, moves: readonly MoneyMove[]): number {
  return Math.max(0, charged - sumReturned(moves, refunds));
}

/** Returns what can still be captured, in minor units. */
export function findCapturable({ held }: PaymentRecord, moves: readonly MoneyMove[]): number {
  const captured = moves.filter(({ kind, state }) => kind === 'capture' && state !== 'rejected');
  return captured.reduce((left, { amount }) => left - amount, held);
}
