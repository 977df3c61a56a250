import { unknownState, type PlayedState } from './types.js';

/** Test card numbers. Use any future expiry, any CVV and any name. Any other valid number is approved. */
export const paymeCards = {
  /** `AUTORIZADO` at once. */
  approved: '4111 1111 1111 1111',
  /** `DENEGADO` at once, result code 51. */
  declined: '4000 0000 0000 0002',
  /** `PENDIENTE`, and `AUTORIZADO` some seconds later (`pendingTime`). */
  pending: '5105 1051 0510 5100',
  /** `PENDIENTE`, and `EXPIRADO` at its expiration date (`pendingLifetime`). */
  expiring: '4000 0000 0000 0069',
  /** `PENDIENTE`, and `DENEGADO` some seconds later (`pendingTime`). */
  declinedLater: '4000 0000 0000 0341',
  /** `EN PROCESO`, a word that Pay-me's documentation does not have. */
  unknown: '4000 0000 0000 0119',
  /** `AUTORIZADO` after 6 s. */
  slow: '4012 8888 8888 1881',
} as const;

export type CardBehaviour = keyof typeof paymeCards | 'invalid';

/** The state that a transaction has from `after` milliseconds on. */
export interface Step {
  readonly state: PlayedState;
  readonly after: number;
}

/** Lists the states that a payment goes through. The two times are in seconds. */
export function listSteps(behaviour: CardBehaviour, pendingTime: number, pendingLifetime: number): readonly Step[] {
  const behaviours: Record<CardBehaviour, readonly [PlayedState, number][]> = {
    approved: [['AUTORIZADO', 0]],
    slow: [['AUTORIZADO', 0]],
    declined: [['DENEGADO', 0]],
    invalid: [['INVALIDO', 0]],
    pending: [
      ['PENDIENTE', 0],
      ['AUTORIZADO', pendingTime],
    ],
    declinedLater: [
      ['PENDIENTE', 0],
      ['DENEGADO', pendingTime],
    ],
    unknown: [[unknownState, 0]],
    expiring: [
      ['PENDIENTE', 0],
      ['EXPIRADO', pendingLifetime],
    ],
  };
  return behaviours[behaviour].map(([state, seconds]) => ({ state, after: seconds * 1000 }));
}
