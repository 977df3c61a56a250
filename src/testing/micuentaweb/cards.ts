/** Test card numbers. Use any future expiry and any CVV. Any other valid number is approved. */
export const micuentawebCards = {
  /** Gives a signed PAID payment (Lyra's test card). */
  approved: '4970 1000 0000 0055',
  /** Gives a signed UNPAID payment with the code 51 of the bank. The form stays open while the order is OPEN (Lyra's test card). */
  declined: '4970 1000 0000 0113',
  /** Opens the overlay of 3DS, and is approved after it (Lyra's test card). */
  challenge: '4970 1100 0000 1003',
  /** Opens the overlay of 3DS, and is declined after it (Lyra's test card). */
  challengeDeclined: '4970 1100 0000 0039',
  /** Opens the overlay of 3DS, and gives PSP_649 after it: the session is over (Lyra's test card). */
  challengeTimedOut: '4970 1100 0000 0054',
  /** Gives a signed RUNNING payment with WAITING_AUTHORISATION. */
  pending: '5105 1051 0510 5100',
  /** Gives a signed payment that authorises half of the amount. */
  partial: '4000 0000 0000 0077',
  /** Is charged, but the response never arrives: the form reports PSP_998, and cannot know that the payment was made. */
  undecided: '4000 0000 0000 0119',
  /** Gives a response with status 200 that the library cannot use: the form reports ACQ_001 without a signed payment. */
  unsigned: '4000 0000 0000 0069',
  /** Gives a signed PAID payment with a `detailedStatus` that is in no documentation. */
  unknown: '4000 0000 0000 0127',
  /** Gives a signed PAID payment after 6 s. */
  slow: '4012 8888 8888 1881',
} as const;

export type MicuentawebBehaviour = keyof typeof micuentawebCards | 'invalid';
