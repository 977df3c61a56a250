import type { Texts } from './texts.js';

export const en: Texts = {
  loading: 'Preparing the payment…',
  confirming: 'Confirming the payment…',
  start: 'Pay',
  retry: 'Try again',
  paid: 'Paid. Thank you!',
  authorized: 'Reserved: you will be charged when the shop confirms.',
  saved: 'Card saved.',
  received: 'We received your payment details. The shop is confirming them.',
  pending: 'Your payment is registered but not complete yet. You will hear from the shop once it is confirmed.',
  cancelled: 'You closed the payment form.',
  expired: 'The time to pay has run out.',
  declined: 'The payment was not approved. Try another card or another way to pay.',
  returned: 'The payment was returned. You can pay this order again.',
  offline: 'There is no internet connection. Check it and try again.',
  unreachable: 'We could not open the payment form. Please try again in a moment.',
  blocked: 'We could not load the payment form. If you use an ad blocker, turn it off for this page and try again.',
  refused: 'This order cannot be paid here. If it is paid, all is done; else reload the page or contact the shop.',
  misconfigured: 'Payment is not available right now. Please contact the shop.',
  alreadyOpen: 'Another payment is open on this page. Finish or close it first.',
  frame: 'Payment form',
};
