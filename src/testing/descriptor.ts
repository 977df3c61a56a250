import type { Outcome, Provider } from '../providers/provider.js';
import type { StandInApi } from './api.js';
import type { PageFetch } from './page-fetch.js';

/** What a stand-in's library is put into a page with. */
export interface InstallOptions<Faults> {
  /** Leads to the stand-in's API. */
  readonly fetch: PageFetch;
  readonly faults: Faults;
}

/** What a form is opened and paid with where there is no page. */
export interface CardPayment {
  /** Leads to the stand-in's API. */
  readonly fetch: PageFetch;
  readonly token: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The number that the shopper types. */
  readonly card: string;
}

export interface PaymentReport {
  /** What the library tells the page. */
  readonly reported: unknown;
  /** What the adapter makes of it. */
  readonly outcome: Outcome;
}

/** All that there is of one provider's stand-in. */
export interface StandIn<Options, Api extends StandInApi, Faults extends object> {
  /** The adapter that it serves. */
  readonly provider: Provider;
  createApi(options?: Options): Api;
  /** Makes the requests that the form makes where a shopper pays, and draws nothing. */
  pay(paying: CardPayment): Promise<PaymentReport>;
  /** The text of its style sheet, where it has one. */
  readonly styles?: string;
  /** Does what loading the library does, with its style sheets; what it gives back undoes it. */
  install(installation: InstallOptions<Faults>): () => void;
}

/** Puts a global in its place, until what is given back is called. */
export function installGlobal(name: string, library: unknown): () => void {
  const before: unknown = Reflect.get(window, name);
  Reflect.set(window, name, library);
  return () => {
    if (before === undefined) Reflect.deleteProperty(window, name);
    else Reflect.set(window, name, before);
  };
}
