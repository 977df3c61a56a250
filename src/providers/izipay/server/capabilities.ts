import type { Capabilities } from '../../../server/operations/provider-operations.js';

const experimental = 'or set `experimental: true` of izipay(), and try the call in the sandbox first.';

/** Izipay's documentation names the paths of these calls. Only other merchants' code shows their fields. */
export const capabilities: Capabilities = {
  query: {
    support: 'experimental',
    words:
      'By order number. Tells whether the payment was authorized or declined. Izipay shows no annulment, capture or refund here, so what you did with `pay.cancel()` and `pay.capture()` comes from your `ledger`. `pay.query()` does not show changes that you make in the panel.',
    instead: `Look the payment up in Izipay's panel, ${experimental}`,
  },
  cancel: {
    support: 'experimental',
    words:
      'The whole amount, on the day of the payment in Lima, with an authorization code. The charge is annulled, and the money never reaches you. No source shows that it releases a hold. A captured hold cannot be cancelled.',
    instead: `Annul the payment in Izipay's panel, ${experimental}`,
  },
  refund: {
    support: 'no',
    words:
      "The known descriptions of Izipay's call contradict each other. Refund in Izipay's panel: neither `pay.query()` nor a notification tells of it.",
    instead: "Refund the payment in Izipay's panel, or call pay.cancel() on the day of the payment.",
  },
  capture: {
    support: 'experimental',
    words: 'The whole amount of a hold by card, once. The money is then yours. Izipay names no time after which a hold expires.',
    instead: `Capture the hold in Izipay's panel, ${experimental}`,
  },
  charge: {
    support: 'no',
    words: "Izipay's server call takes encrypted card fields that no example shows. Offer the card in the form with `order.card`.",
    instead: 'Offer the saved card in the form with `order.card`.',
  },
};
