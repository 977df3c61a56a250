import type { Capabilities } from '../../../server/operations/provider-operations.js';

/** What the merchant can do with a payment of micuentaweb's or of another brand of Lyra's, for the documentation. */
export const capabilities: Capabilities = {
  query: {
    support: 'yes',
    words:
      'By order and `id`, with the refunds of the payment. A payment without an `id` is found by its order. The contract of the shop must ' +
      'include REST operations: otherwise every call fails with `PSP_100`.',
    instead: 'Look the payment up in the Back Office.',
  },
  cancel: {
    support: 'yes',
    words:
      'Always the whole amount, until Lyra has captured it, which usually happens within a day. The shopper is then not charged. It also ends ' +
      'a hold, and a payment that is pending.',
    instead: 'After the capture, call `pay.refund()`.',
  },
  refund: {
    support: 'yes',
    words:
      'The whole amount or a part, several times, once Lyra has captured the payment. Lyra recognizes no repeated call, so a refund whose ' +
      'answer was lost is never sent again. It stays `asked` until `pay.query()` finds it by its amount and time.',
    instead: 'Refund the payment in the Back Office.',
  },
  capture: {
    support: 'experimental',
    words:
      "The whole amount of a hold, once (`Transaction/Validate`). No document shows the state of the payment afterwards, so that it may stay undecided for a while. Needs the provider's `experimental: true`.",
    instead: 'Validate the hold in the Back Office, or set `experimental: true` of the provider, and try the call with a test shop first.',
  },
  charge: {
    support: 'no',
    words: 'Lyra has no key that prevents a second charge after a lost answer. Let the shopper pay in the form.',
    instead: 'Lyra has no key that prevents a second charge after a lost answer. Let the shopper pay in the form.',
  },
};
