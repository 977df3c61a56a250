import type { ApiFaults, CallFault, Scripted } from '../faults.js';

/** What the Izipay API gets wrong. May be changed at any time; a list is used up as calls come in. */
export interface IzipayApiFaults extends ApiFaults {
  /**
   * The backend's `POST /security/v1/Token/Generate`. `refused` is a 200 with another code than 00, `without-token` a success
   * that lacks it, `capitals` an answer whose keys are written with capitals, as in an older guide.
   */
  token?: Scripted<CallFault | 'refused' | 'without-token' | 'capitals'>;
  /** The form's own call, which spends the token. */
  session?: Scripted<CallFault>;
  /** The form's own call, with which the shopper pays. */
  charge?: Scripted<CallFault>;
  /** Tokens that are dead when the form spends them: all (`true`), or the next so many. */
  deadTokens?: boolean | number;
}

/** What the Izipay library gets wrong. May be changed at any time; read when it matters. */
export interface IzipayLibraryFaults {
  constructorThrows?: boolean;
  /** `LoadForm` rejects. */
  initThrows?: boolean;
  /** The frame never gets a box, and nobody is told. */
  neverReady?: boolean;
  /** The frame has another id, and `onReady` never calls back, as after a release of the provider. */
  renamedIds?: boolean;
  /** So many forms are lost in silence, as if the script had been evaluated just now. */
  lostForms?: number;
  /** Milliseconds by which the form is late. */
  slow?: number;
}
