import { findBehaviour, extractDigits } from '../cards.js';

/** Card numbers with a scripted end. Any expiry in the future, any CVV and any name will do; another valid number is approved. */
export const payrocCards = {
  /** `ready` / `A`. */
  approved: '4111 1111 1111 1111',
  /** Tokenised, as every card is; `declined` / `D` at the sale. */
  declined: '4000 0000 0000 0002',
  /** `pending` / `E` at the sale: received, to be processed later. */
  pending: '5105 1051 0510 5100',
  /** `referral` / `R` at the sale. */
  referral: '4000 0000 0000 0069',
  /** `ready` / `P`: half of the amount. */
  partial: '4000 0000 0000 0127',
  /** Approved; with a surcharge, which the shopper is told of when the number is in. */
  surcharge: '5555 5555 5555 4444',
  /** A kind of card that the terminal does not take: an error at the sale, `card-type-not-supported`. */
  unsupported: '3782 822463 10005',
  /** Approved, in an answer that takes 6 s. */
  slow: '4012 8888 8888 1881',
} as const;

export type PayrocBehaviour = keyof typeof payrocCards;

export const surcharge = { percentage: 3, disclosure: 'A surcharge of 3% applies to credit cards.' };

export interface NumberDetails {
  readonly behaviour: PayrocBehaviour;
  /** Never the whole number. */
  readonly maskedNumber: string;
}

/** What is remembered of a number that was typed: for an account, its last four digits tell. */
export function describeNumber(number: string): NumberDetails {
  const digits = extractDigits(number);
  const [first, last] = [digits.slice(0, 6), digits.slice(-4)];
  const behaviour = findBehaviour(payrocCards, digits);
  if (behaviour !== 'invalid') return { behaviour, maskedNumber: `${first}******${last}` };
  const known = (['declined', 'pending'] as const).find((name) => payrocCards[name].slice(-4) === last);
  return { behaviour: known ?? 'approved', maskedNumber: `******${last}` };
}
