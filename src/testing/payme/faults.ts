import type { ApiFaults, CallFault, Scripted } from '../faults.js';

/** The faults of Pay-me's API. They may be changed at any time. Each call removes one entry from a list. */
export interface PaymeApiFaults extends ApiFaults {
  /** The backend's `POST /token`. */
  token?: Scripted<CallFault>;
  /** `POST /nonce`. `without-nonce` is a success without the nonce; `refused` is a refusal with status 200. */
  nonce?: Scripted<CallFault | 'without-nonce' | 'refused'>;
  /** The library's `POST /token`, with which it redeems the nonce. */
  redeem?: Scripted<CallFault>;
  /** Nonces that have expired when the library redeems them: all of them (`true`), or a number of the next ones. */
  deadNonces?: boolean | number;
  /** The library's `POST /flex-capture/flex-session`. */
  session?: Scripted<CallFault>;
  /** The library's `POST /flex-capture/charges`, with which the shopper pays. */
  submit?: Scripted<CallFault>;
  /** The library's `POST /flex-capture/consult`. */
  consult?: Scripted<CallFault>;
  /** The backend's `GET /charges`. `drop` loses the answer. */
  charges?: Scripted<CallFault>;
  /**
   * The backend's `DELETE /charges`. `lost` cancels or reverses the payment, and breaks the connection before the response. `unchanged`
   * answers 200 and does nothing. `without-operation` answers without the operation, as an older page of the documentation.
   */
  cancel?: Scripted<CallFault | 'lost' | 'unchanged' | 'without-operation'>;
  /** The backend's `POST /refund`. `lost` makes the refund, and breaks the connection before the response. `drop` makes none. */
  refund?: Scripted<CallFault | 'lost'>;
  /** The backend's `GET /refund`. */
  refunds?: Scripted<CallFault>;
  /** Pending payments are never paid and expire as `EXPIRADO`. */
  unpaid?: boolean;
  /** Notifications have numbers for the operation number and the transaction id, as Pay-me's schema of `GET /charges` allows. */
  numericIds?: boolean;
  /** `additional_fields`, which name the order, are null in notifications and in `GET /charges`, as in some of the documentation's examples. */
  namelessOperations?: boolean;
}

/** The faults of Pay-me's library. They may be changed at any time. */
export interface PaymeLibraryFaults {
  constructorThrows?: boolean;
  /** Thrown once the nonce has been sent, as for a target that is no element (*measured in the March 2026 bundle*). */
  initThrows?: boolean;
  /** Shows only the spinner, whatever the API answers. */
  neverReady?: boolean;
  /** Uses other class names, as a new release of the provider could. */
  renamedClasses?: boolean;
  /** Draws nothing at all. */
  empty?: boolean;
  /** Reports an approval twice, as after a click in the countdown (*measured in the March 2026 bundle*), and then that the form was closed. */
  talksOn?: boolean;
  /** Milliseconds by which the form is delayed. */
  slow?: number;
}
