import type { Outcome, Provider } from '../providers/provider.js';
import type { StandInApi } from './api.js';
import type { PageFetch } from './page-fetch.js';

export interface InstallOptions<Faults> {
  /** Sends a request to the stand-in's API. */
  readonly fetch: PageFetch;
  readonly faults: Faults;
}

/** A card payment in a test without a page. */
export interface CardPayment {
  /** Sends a request to the stand-in's API. */
  readonly fetch: PageFetch;
  readonly token: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The card number that the shopper types. */
  readonly card: string;
}

export interface PaymentReport {
  /** The object that the library passes to the page's callback. */
  readonly reported: unknown;
  /** The outcome that the adapter reads from it. */
  readonly outcome: Outcome;
}

/** The stand-in of one provider: its API, its browser library and its style sheet. */
export interface StandIn<Options, Api extends StandInApi, Faults extends object> {
  /** The adapter of the real provider. */
  readonly provider: Provider;
  createApi(options?: Options): Api;
  /** Sends the requests that the form sends when a shopper pays, without drawing it. */
  pay(payment: CardPayment): Promise<PaymentReport>;
  /** The text of the library's style sheet, if it has one. */
  readonly styles?: string;
  /** Installs the library and its style sheet as if the page had loaded them. Returns a function that removes them. */
  install(options: InstallOptions<Faults>): () => void;
}

/** Sets a global. Returns a function that restores the previous value. */
export function installGlobal(name: string, library: unknown): () => void {
  const before: unknown = Reflect.get(window, name);
  Reflect.set(window, name, library);
  return () => {
    if (before === undefined) Reflect.deleteProperty(window, name);
    else Reflect.set(window, name, before);
  };
}
