import type { Capabilities } from '../../../server/operations/provider-operations.js';

/** What the merchant can do with a payment of Payroc's, for the documentation. */
export const capabilities: Capabilities = {
  query: {
    support: 'yes',
    words:
      'Returns the payment with its refunds. A payment without an `id` is found by its order. Chargebacks show in no payment: look them up ' +
      "in Payroc's panel.",
  },
  cancel: {
    support: 'yes',
    words:
      'Releases a hold, or returns a whole payment, until its batch closes. The shopper is then not charged. After that, only ' +
      '`refund` returns the money.',
  },
  refund: {
    support: 'yes',
    words:
      'Returns the whole amount or a part, several times. Until the batch closes, it is a reversal, and the shopper is charged less. ' +
      'Afterwards, it is a refund to the card or account. A part of a bank transfer is refunded only after its batch has closed.',
  },
  capture: {
    support: 'yes',
    words:
      'Charges a held card, or a part of the amount, once. The money settles with the batch. What becomes of the rest is undocumented.',
    instead: 'Payroc holds cards only. It charges a bank account at once.',
  },
  charge: {
    support: 'yes',
    words: 'Charges a saved card or account. The money settles with the batch. A bank transfer may come back days later.',
  },
};
