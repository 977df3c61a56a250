import type { ApiFaults, CallFault, Scripted } from '../faults.js';

/** The faults of Izipay's API. They may be changed at any time. Each call removes one entry from a list. */
export interface IzipayApiFaults extends ApiFaults {
  /**
   * The backend's `POST /security/v1/Token/Generate`. `refused` is a 200 with a code other than 00, `without-token` a success
   * without the token, and `capitals` a response whose keys begin with capital letters, as in an older guide.
   */
  token?: Scripted<CallFault | 'refused' | 'without-token' | 'capitals'>;
  /** The form's request that spends the token. */
  session?: Scripted<CallFault>;
  /** The form's request that pays. With `lost`, the payment is made, but its response never reaches the form. */
  charge?: Scripted<CallFault | 'lost'>;
  /** The backend's `POST /orderinfo/v1/Transaction/Search`. */
  search?: Scripted<CallFault>;
  /**
   * The backend's `POST /cancel/api/Transaction/Cancel`. `lost` annuls the payment and loses the answer; `refused` is a 200 with a code other
   * than 00, and does nothing.
   */
  cancel?: Scripted<CallFault | 'lost' | 'refused'>;
  /** The backend's `POST /capture/v1/Transaction/Deposit`. `lost` and `refused` are as for `cancel`. */
  deposit?: Scripted<CallFault | 'lost' | 'refused'>;
  /** The key that signs results from now on, as after the merchant has rotated the "clave hash". */
  hashKey?: string;
  /** Tokens that have expired when the form spends them: all of them (`true`), or a number of the next ones. */
  deadTokens?: boolean | number;
}

/** The faults of Izipay's library. They may be changed at any time. */
export interface IzipayLibraryFaults {
  constructorThrows?: boolean;
  /** `LoadForm` rejects. */
  initThrows?: boolean;
  /** The iframe stays without a size, and the library reports nothing. */
  neverReady?: boolean;
  /** The iframe has another id, and `onReady` never calls back, as could happen after a release of the provider. */
  renamedIds?: boolean;
  /** How many forms the library loses without an error, as it does right after its script was evaluated. */
  lostForms?: number;
  /** The iframe reports a result twice, and then that the shopper closed it: up to four calls (*measured in the September 2025 build*). */
  talksOn?: boolean;
  /** The page receives messages from an iframe that has been removed, as when they were already posted. */
  lateMessages?: boolean;
  /** Milliseconds by which the form is delayed. */
  slow?: number;
}
