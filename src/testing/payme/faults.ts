import type { ApiFaults, CallFault, Scripted } from '../faults.js';

/** What the Pay-me API gets wrong. May be changed at any time; a list is used up as calls come in. */
export interface PaymeApiFaults extends ApiFaults {
  /** The backend's `POST /token`. */
  token?: Scripted<CallFault>;
  /** `POST /nonce`. `without-nonce` is a success that lacks it; `refused` a 200 that says no in its own words. */
  nonce?: Scripted<CallFault | 'without-nonce' | 'refused'>;
  /** The library's `POST /token`, with which it redeems the nonce. */
  redeem?: Scripted<CallFault>;
  /** Nonces that are dead when the library redeems them: all (`true`), or the next so many. */
  deadNonces?: boolean | number;
  /** The library's `POST /flex-capture/flex-session`. */
  session?: Scripted<CallFault>;
  /** The library's `POST /flex-capture/charges`, with which the shopper pays. */
  submit?: Scripted<CallFault>;
  /** The library's `POST /flex-capture/consult`. */
  consult?: Scripted<CallFault>;
  /** The backend's `GET` and `DELETE /charges`. */
  charges?: Scripted<CallFault>;
  /** Nobody pays what is pending: it runs out as `EXPIRADO`. */
  unpaid?: boolean;
}

/** What the Pay-me library gets wrong. May be changed at any time; read when it matters. */
export interface PaymeLibraryFaults {
  constructorThrows?: boolean;
  /** Thrown once the nonce has been sent, as for a target that is no element (*measured in the March 2026 bundle*). */
  initThrows?: boolean;
  /** A spinner for ever, whatever the API answers. */
  neverReady?: boolean;
  /** Every class name differs from the known ones, as after a release of the provider. */
  renamedClasses?: boolean;
  /** Draws nothing at all. */
  empty?: boolean;
  /** Milliseconds by which the form is late. */
  slow?: number;
}
