import type { ApiFaults, CallFault, Scripted } from '../faults.js';

/** A code that Lyra answers with status 200, such as `PSP_100`: the shop's contract has no REST operations. */
export type ErrorCode = `${'PSP' | 'INT' | 'ACQ' | 'AUTH'}_${string}`;

/** The faults of Lyra's API. They may be changed at any time. Each call removes one entry from a list. */
export interface MicuentawebApiFaults extends ApiFaults {
  /** The backend's `Charge/CreatePayment`. `without-token` is a success without a form token. */
  token?: Scripted<CallFault | ErrorCode | 'without-token'>;
  /** The form's request that pays. With `lost`, the payment is made, but its response never reaches the form. */
  payment?: Scripted<CallFault | ErrorCode | 'lost'>;
  /** The backend's `Order/Get` and `Transaction/Get`. */
  queries?: Scripted<CallFault | ErrorCode>;
  /** The backend's calls that change a transaction. `lost` performs the call, and breaks the connection before its response. */
  moves?: Scripted<CallFault | ErrorCode | 'lost'>;
  /** The backend's `Charge/SDKTest`. */
  sdkTest?: Scripted<CallFault | ErrorCode>;
  /** The key that signs payments for the page from now on, as after a rotation in the back office. */
  hashKey?: string;
  /** The password that signs notifications from now on. */
  notificationPassword?: string;
  /** Form tokens that have expired when the shopper pays: all of them (`true`), or a number of the next ones. */
  deadTokens?: boolean | number;
}

/** The faults of Lyra's library. They may be changed at any time. */
export interface MicuentawebLibraryFaults {
  /** `removeForms`, which the adapter calls first, throws. */
  removeThrows?: boolean;
  /** `setFormConfig` rejects with this string, as it does with `CLIENT_100`. Each call removes one entry from a list. */
  configRejects?: Scripted<string>;
  /** `setFormConfig` never settles. */
  configHangs?: boolean;
  /** `attachForm` rejects. */
  attachRejects?: boolean;
  /** The form is created and loaded, but never ready, as when the iframe of the card is blocked (*measured in the 2022 build*). */
  neverReady?: boolean;
  /** How many forms are ready without iframes, as some are after an abort (*measured in the 2022 build*). */
  emptyForms?: number;
  /** Leaves `rawClientAnswer` out. */
  withoutRawAnswer?: boolean;
  /** Leaves `hash` out: a PAID payment then reaches no callback (*read in the 2022 build*). */
  withoutHash?: boolean;
  /** After the last try, `onSubmit` receives the last refused payment instead of nulls (*measured in the 2022 build*). */
  lastRefused?: boolean;
  /** Reports each result twice. After a payment, it also reports that the form token has expired. */
  talksOn?: boolean;
  /** The page receives the result of an iframe that has been removed. */
  lateMessages?: boolean;
  /** Milliseconds by which the form is delayed. */
  slow?: number;
}
