/** The signed parts of a payment. Each of them may be null after the last try (*measured in the 2022 build*). */
export interface KrResult {
  readonly clientAnswer?: KrPayment | null;
  readonly rawClientAnswer?: string | null;
  readonly hash?: string | null;
  readonly hashAlgorithm?: string | null;
  readonly hashKey?: string | null;
  readonly serverDate?: string | null;
  readonly _type?: string;
}

/** The parts of a `V4/Payment` that the library reads. */
export interface KrPayment extends Readonly<Record<string, unknown>> {
  readonly orderStatus?: string;
  readonly orderCycle?: string;
}

export interface KrError {
  readonly errorCode: string;
  readonly errorMessage?: string;
  /** The code of the bank, such as `51`. */
  readonly detailedErrorCode?: string | null;
  readonly field?: string;
  readonly children?: readonly KrError[];
  /** `answer` is present for a signed refusal. `formToken` is the token itself. */
  readonly metadata?: { readonly formToken?: string; readonly answer?: KrResult | KrPayment };
  readonly formId?: string;
  readonly _type?: string;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a callback of the page, with an argument of its event
export type KrCallback = (argument?: any) => unknown;

export interface KrReturned {
  readonly KR: Krypton;
  readonly result: { readonly formId: string };
}

type Registrar = (callback: KrCallback) => Promise<{ readonly KR: Krypton }>;

/** The methods that register a callback. */
export const events = [
  ...(['onError', 'onSubmit', 'onTransactionCreated', 'onFormCreated', 'onLoaded', 'onFormReady', 'onFocus', 'onBlur'] as const),
  ...(['onBrandChanged', 'onFormValid', 'onInstallmentChanged', 'onPopinClosed', 'on3dSecureAbort'] as const),
] as const;

export type KrEvent = (typeof events)[number];

/** The object that the script sets as `window.KR`. */
export interface Krypton extends Readonly<Record<KrEvent, Registrar>> {
  readonly ready: boolean;
  setFormConfig(config: Readonly<Record<string, unknown>>): Promise<{ readonly KR: Krypton }>;
  setFormToken(token: unknown): Promise<{ readonly KR: Krypton }>;
  attachForm(selector: string): Promise<KrReturned>;
  /** Newer than the measured builds; the arguments are those of Lyra's `embedded-form-glue`. */
  renderElements(target: string | Element): Promise<KrReturned>;
  removeForms(): Promise<{ readonly KR: Krypton }>;
  validateForm(): Promise<{ readonly KR: Krypton; readonly result: null }>;
  submit(): Promise<{ readonly KR: Krypton }>;
}
