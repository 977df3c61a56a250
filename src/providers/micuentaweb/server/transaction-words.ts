/** Words of `detailedStatus` for a transaction that moved its whole amount (documentation, "Status reference"). */
export const paidWords: readonly string[] = ['AUTHORISED', 'CAPTURED'];

/** Words of `detailedStatus` for a transaction that moves no money any more (documentation, "Status reference"). */
export const failedWords: readonly string[] = ['REFUSED', 'EXPIRED', 'ERROR', 'CANCELLED', 'NOT_CREATED', 'ABANDONED'];

/** Words of `detailedStatus` for a transaction that Lyra, the bank or the merchant has yet to process (documentation, "Status reference"). */
export const openWords: readonly string[] = [
  'AUTHORISED_TO_VALIDATE',
  'WAITING_AUTHORISATION',
  'WAITING_AUTHORISATION_TO_VALIDATE',
  'UNDER_VERIFICATION',
  'INITIAL',
  'PRE_AUTHORISED',
  'WAITING_FOR_PAYMENT',
  'SUSPENDED',
  'PENDING',
  'CAPTURE_PENDING',
  'REFUND_TO_RETRY',
];
