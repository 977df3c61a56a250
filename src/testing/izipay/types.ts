/** The library's own configuration, `config` of its constructor. */
export type IzipayLibraryConfig = Readonly<Record<string, unknown>>;

/** The argument of the library's callback. Without `payloadHttp` and `signature` it is not a result. */
export interface IzipayResponse {
  readonly code?: string;
  /** May be technical text, such as JSON or HTML. */
  readonly message?: string;
  readonly messageUser?: string;
  readonly messageUserEng?: string;
  readonly transactionId?: string;
  readonly response?: Readonly<Record<string, unknown>>;
  readonly payloadHttp?: string;
  readonly signature?: string;
}

export type IzipayCallback = (value?: unknown) => void;

/** The methods of a form that is ready. */
export interface IzipayFormEvents {
  open(): void;
  /** Removes the iframe without calling any callback (*measured in the September 2025 build*). */
  close(emit?: boolean): void;
  response(): unknown;
  submit(): void;
}

export interface IzipayLoadOptions {
  readonly authorization: string;
  readonly keyRSA: string;
  readonly callbackResponse?: (response: IzipayResponse) => void;
}

/** An instance of the library. `LoadForm` adds the `on…` methods, except for a redirect (*measured in the September 2025 build*). */
export interface IzipayCheckout {
  /** Resolves when the iframe is set up. Rejects, and never throws, for a missing option (*measured in the September 2025 build*). */
  LoadForm(options: IzipayLoadOptions): Promise<void>;
  /** `events` is null until the form is ready. */
  form?: { events: IzipayFormEvents | null };
  onReady?(callback: IzipayCallback): void;
  onError?(callback: IzipayCallback): void;
  onCancel?(callback: IzipayCallback): void;
  onSessionTimeout?(callback: IzipayCallback): void;
  onAuthorizationSuccess?(callback: IzipayCallback): void;
  onAuthorizationFailure?(callback: IzipayCallback): void;
  onSubmit?(callback: IzipayCallback): void;
  onClick?(callback: IzipayCallback): void;
}
