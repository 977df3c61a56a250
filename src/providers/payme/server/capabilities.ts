import type { Capabilities } from '../../../server/operations/provider-operations.js';

/** What Pay-me offers for a payment after its outcome. */
export const capabilities: Capabilities = {
  query: {
    support: 'yes',
    words:
      "By operation number and `transactionId`, with the refunds of a paid payment. A payment without `transactionId`, as `onToken` receives it, is `pending` with reason `not-found`, and Pay-me is not called. Look such a payment up in Pay-me's panel.",
  },
  cancel: {
    support: 'yes',
    words:
      'Before Pay-me settles the payment, usually on the same day. It reverses a paid `CARD` or `YAPE`, always the whole amount, or ends a pending payment of any method but `YAPE`. Pay-me returns the money in the same call, and the operation cannot be paid again. Pay-me may charge you for a reversal.',
    instead: 'After settlement, call `pay.refund()`.',
  },
  refund: {
    support: 'yes',
    words:
      'After Pay-me has settled the payment (`LIQUIDADO` or `DEPOSITADO`): a `CARD`, `YAPE` or `CUOTEALO`, whole or in parts. It stays `asked` for 2 to 10 days, until Pay-me resolves or rejects it. A refund whose answer was lost is never sent again. Call `pay.query()` to see whether it arrived.',
    instead: "Return a paid `QR`, `BANK_TRANSFER` or `PAGOEFECTIVO` by a bank transfer of your own, or ask Pay-me's support.",
  },
  capture: {
    support: 'no',
    words: 'Pay-me has no holds: each payment is charged at once.',
    instead: 'Pay-me has no holds: each payment is charged at once, and there is nothing to capture.',
  },
  charge: {
    support: 'no',
    words: "Pay-me's documentation describes saved cards as in development.",
    instead: "Pay-me's documentation describes saved cards as in development. Let the shopper pay in the form.",
  },
};
