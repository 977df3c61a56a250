/** Card numbers with a scripted end. Any expiry in the future, any CVV and any name will do; another valid number is approved. */
export const izipayCards = {
  /** A signed result with code 00. */
  approved: '4111 1111 1111 1111',
  /** A signed result with code T05. */
  declined: '4000 0000 0000 0002',
  /** `COMMUNICATION_ERROR`, without a signature: nobody can say whether it was paid. */
  undecided: '5105 1051 0510 5100',
  /** The form is inactive for too long, and goes. */
  inactive: '4000 0000 0000 0069',
  /** A signed result with code 00, in an answer that takes 6 s. */
  slow: '4012 8888 8888 1881',
} as const;

export type IzipayBehaviour = keyof typeof izipayCards | 'invalid';
