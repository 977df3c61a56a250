import type { MoneyMove } from './money-move.js';
import type { ListedRefund } from './provider-operations.js';

/** A refund that a provider lists without the merchant's key. */
export interface RefundEntry extends ListedRefund {
  /** Epoch ms. `NaN` if the provider does not say it. */
  readonly at: number;
}

/** Returns the entries that are of no known refund of ours. */
export function findUnclaimed(entries: readonly RefundEntry[], moves: readonly MoneyMove[]): readonly RefundEntry[] {
  const claimed = new Set(moves.map(({ id }) => id));
  return entries.filter(({ id }) => id === undefined || !claimed.has(id));
}

/** Milliseconds by which the clock of a provider may be behind ours. */
export const clockSkew = 60_000;

/**
 * Returns the entries with the merchant's keys. A refund whose answer was lost is recognized by its amount and its time. Where an entry
 * could be of another refund with another end, no key is returned: the refund stays open, and its request can be repeated.
 */
export function matchRefunds(entries: readonly RefundEntry[], moves: readonly MoneyMove[]): readonly ListedRefund[] {
  const unclaimed = findUnclaimed(entries, moves);
  const open = moves.filter((move) => isOpenRefund(move) || isWithoutId(move));
  const keys = new Map<RefundEntry, string>();
  for (const amount of new Set(open.map((move) => move.amount))) {
    const waiting = open.filter((move) => move.amount === amount);
    const since = Math.min(...waiting.map(({ sentAt }) => sentAt)) - clockSkew;
    const found = unclaimed.filter((one) => one.amount === amount && one.at >= since).sort((one, other) => other.at - one.at);
    const isClear = found.length >= waiting.length && new Set(found.map(({ state }) => state)).size === 1;
    if (isClear) for (const [n, { key }] of waiting.entries()) keys.set(found[n] as RefundEntry, key);
  }
  return entries.map((entry) => {
    const { at: _, ...listed } = entry;
    const key = keys.get(entry);
    return { ...listed, ...(key !== undefined && { key }) };
  });
}

/**
 * Whether a refund is done, and the provider's response had no id of it. Only the call named `refund` has an entry: a reversal needs none, so
 * that another refund could be taken for it.
 */
function isWithoutId({ kind, call, state, id }: MoneyMove): boolean {
  return kind === 'refund' && call === 'refund' && state === 'done' && id === undefined;
}

/** Whether the result and the entry of a refund are unknown. */
export function isOpenRefund({ kind, state, id }: MoneyMove): boolean {
  return kind === 'refund' && state === 'asked' && id === undefined;
}
