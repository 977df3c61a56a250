/** Test card numbers. Use any future expiry, any CVV and any name. Any other valid number is approved. */
export const izipayCards = {
  /** Gives a signed result with code 00. */
  approved: '4111 1111 1111 1111',
  /** Gives a signed result with code T05. */
  declined: '4000 0000 0000 0002',
  /** Gives `COMMUNICATION_ERROR` without a signature: the page cannot know whether it was paid. */
  undecided: '5105 1051 0510 5100',
  /** Gives a signed result with code 00 and the state `Observado`, which is in no documentation: only Izipay's panel can say what it means. */
  unknown: '4000 0000 0000 0127',
  /** Closes the form as if it had been inactive for too long. */
  inactive: '4000 0000 0000 0069',
  /** Gives a signed result with code 00 after 6 s. */
  slow: '4012 8888 8888 1881',
} as const;

export type IzipayBehaviour = keyof typeof izipayCards | 'invalid';
