/** The texts that the element shows to a shopper. A language with a missing or an extra key does not compile. */
export interface Texts {
  loading: string;
  confirming: string;
  /** The button that starts a checkout with `loading="manual"`. */
  start: string;
  retry: string;
  /** The merchant's backend has confirmed the payment. */
  paid: string;
  /** The merchant's backend says that the amount is held, but not charged. */
  authorized: string;
  /** The merchant's backend says that the card is stored, and nothing was charged. */
  saved: string;
  /** Only the provider reported the payment, so this text must not claim that the order is paid. */
  received: string;
  /** The order's price has changed while the form was open. */
  changed: string;
  pending: string;
  cancelled: string;
  expired: string;
  declined: string;
  /** The payment was charged, and the money has been given back. */
  returned: string;
  offline: string;
  unreachable: string;
  /** The page removed the form after the shopper had started to fill it in, so a payment may be in flight. */
  interrupted: string;
  blocked: string;
  refused: string;
  misconfigured: string;
  alreadyOpen: string;
  /** The title of an iframe to which the provider gave none. */
  frame: string;
}

export type TextKey = keyof Texts;
