import type { ApiFaults, CallFault, Scripted } from '../faults.js';

/** The faults of Payroc's API. They may be changed at any time. Each call removes one entry from a list. */
export interface PayrocApiFaults extends ApiFaults {
  /** The backend's `POST /authorize`. */
  authorize?: Scripted<CallFault>;
  /** The backend's `POST …/hosted-fields-sessions`. `libVersion` refuses the version of the library. */
  sessions?: Scripted<CallFault | 'libVersion'>;
  /** The library's first request, `GET …/configuration`. */
  configuration?: Scripted<CallFault>;
  /** The requests of the iframes with the value of each field. */
  fields?: Scripted<CallFault>;
  /** The library's `POST …/single-use-tokens` when the shopper pays. */
  singleUseTokens?: Scripted<CallFault>;
  /** The backend's sale, by card or bank transfer. `lost` makes the sale, and breaks the connection before its response. */
  payments?: Scripted<CallFault | 'lost'>;
  /** The backend's request for one payment. */
  queries?: Scripted<CallFault>;
  /**
   * The backend's reversals, refunds and captures. `lost` performs the call, and breaks the connection before its response; 409 is a key in
   * use.
   */
  moves?: Scripted<CallFault | 'lost'>;
  /** The backend's request for the payments of an order. */
  listings?: Scripted<CallFault>;
  /** The backend's `POST …/secure-tokens`, `…/update-account` and `GET …/secure-tokens/{id}`. */
  secureTokens?: Scripted<CallFault>;
  /** Sessions that have expired when the library opens them: all of them (`true`), or a number of the next ones. */
  deadSessions?: boolean | number;
}

/** The faults of Payroc's library. They may be changed at any time. */
export interface PayrocLibraryFaults {
  constructorThrows?: boolean;
  /** `initialize()` throws synchronously, which the real one is not known to do. */
  initThrows?: boolean;
  /** Iframes connect but never become ready, so all of them stay at opacity 0. */
  neverReady?: boolean;
  /** Iframes never connect. The library inserts each one again every 30 s, five times (*read in 1.7.0*). */
  neverConnected?: boolean;
  /** Iframes become visible without `opacity: 1`, as could happen after a release of the provider. */
  renamedStyles?: boolean;
  /** Reports a success twice, and then removes the form as after iframes that never connect. */
  talksOn?: boolean;
  /** Milliseconds by which the iframes are delayed. */
  slow?: number;
}
