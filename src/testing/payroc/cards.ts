import { findBehaviour, extractDigits } from '../cards.js';

/** Test card numbers. Use any future expiry, any CVV and any name. Any other valid number is approved. */
export const payrocCards = {
  /** `ready` / `A` at the sale: approved. */
  approved: '4111 1111 1111 1111',
  /** `declined` / `D` at the sale. The form accepts it, as it accepts every card. */
  declined: '4000 0000 0000 0002',
  /** `pending` / `E` at the sale: received, to be processed later. */
  pending: '5105 1051 0510 5100',
  /** `pending` / `E` at the sale, and `declined` / `D` after Payroc's list has shown it once. */
  declinedLater: '4000 0000 0000 0341',
  /** `referral` / `R` at the sale. */
  referral: '4000 0000 0000 0069',
  /** `ready` / `P` at the sale: half of the amount. */
  partial: '4000 0000 0000 0127',
  /** Approved with a surcharge, which the form shows once the number is complete. */
  surcharge: '5555 5555 5555 4444',
  /** A card type that the terminal does not accept: the sale fails with `card-type-not-supported`. */
  unsupported: '3782 822463 10005',
  /** `held` / `A` at the sale, a status that Payroc does not document. */
  unknown: '5200 8282 8282 8210',
  /** Approved after 6 s. */
  slow: '4012 8888 8888 1881',
} as const;

export type PayrocBehaviour = keyof typeof payrocCards;

export const surcharge = { percentage: 3, disclosure: 'A surcharge of 3% applies to credit cards.' };

export interface NumberDetails {
  readonly behaviour: PayrocBehaviour;
  /** Shows only some of the digits. */
  readonly maskedNumber: string;
}

/** Describes a card or account number without storing it. The last four digits decide the behaviour of an account. */
export function describeNumber(number: string): NumberDetails {
  const digits = extractDigits(number);
  const [first, last] = [digits.slice(0, 6), digits.slice(-4)];
  const behaviour = findBehaviour(payrocCards, digits);
  if (behaviour !== 'invalid') return { behaviour, maskedNumber: `${first}******${last}` };
  const known = (['declined', 'pending', 'declinedLater', 'unknown'] as const).find((name) => payrocCards[name].slice(-4) === last);
  return { behaviour: known ?? 'approved', maskedNumber: `******${last}` };
}
