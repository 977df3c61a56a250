/** Everything that the element says to a shopper. A language that lacks a key, or has one too many, does not compile. */
export interface Texts {
  loading: string;
  confirming: string;
  /** The button that starts a checkout with `loading="manual"`. */
  start: string;
  retry: string;
  /** Confirmed by the merchant's backend. */
  paid: string;
  /** Only the provider said so. Never claims that it was paid. */
  received: string;
  pending: string;
  cancelled: string;
  expired: string;
  declined: string;
  offline: string;
  unreachable: string;
  blocked: string;
  refused: string;
  misconfigured: string;
  alreadyOpen: string;
  /** The name of an iframe that its provider gave none. */
  frame: string;
}

export type TextKey = keyof Texts;
