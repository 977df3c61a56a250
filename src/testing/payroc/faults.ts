import type { ApiFaults, CallFault, Scripted } from '../faults.js';

/** What the Payroc API gets wrong. May be changed at any time; a list is used up as calls come in. */
export interface PayrocApiFaults extends ApiFaults {
  /** The backend's `POST /authorize`. */
  authorize?: Scripted<CallFault>;
  /** The backend's `POST …/hosted-fields-sessions`. `libVersion` refuses the version of the library. */
  sessions?: Scripted<CallFault | 'libVersion'>;
  /** The library's `GET …/configuration`, with which it opens. */
  configuration?: Scripted<CallFault>;
  /** What the iframes post of each field. */
  fields?: Scripted<CallFault>;
  /** The library's `POST …/single-use-tokens`, with which the shopper pays. */
  singleUseTokens?: Scripted<CallFault>;
  /** The backend's sale, by card or bank transfer. */
  payments?: Scripted<CallFault>;
  /** The backend's question what was sold of an order. */
  listings?: Scripted<CallFault>;
  /** The backend's `POST …/secure-tokens` and `…/update-account`. */
  secureTokens?: Scripted<CallFault>;
  /** Sessions that are dead when the library opens them: all (`true`), or the next so many. */
  deadSessions?: boolean | number;
}

/** What the Payroc library gets wrong. May be changed at any time; read when it matters. */
export interface PayrocLibraryFaults {
  constructorThrows?: boolean;
  /** `initialize()` throws in the caller's face, as the real one is not known to. */
  initThrows?: boolean;
  /** Iframes that connect and never get ready, so that all of them stay at opacity 0. */
  neverReady?: boolean;
  /** Iframes that never connect: they are put in again every 30 s, five times (*read in 1.7.0*). */
  neverConnected?: boolean;
  /** Iframes that are shown in another way than by `opacity: 1`, as after a release of the provider. */
  renamedStyles?: boolean;
  /** After a success it tells it once more, and then gives its form up, as where an iframe never connects. */
  talksOn?: boolean;
  /** Milliseconds by which the iframes are late. */
  slow?: number;
}
