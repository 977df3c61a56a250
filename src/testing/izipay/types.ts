/** The library's own configuration, `config` of its constructor. */
export type IzipayLibraryConfig = Readonly<Record<string, unknown>>;

/** What the library calls back with. Without `payloadHttp` and `signature` it is no result. */
export interface IzipayResponse {
  readonly code?: string;
  /** Can be technical: JSON, or HTML. */
  readonly message?: string;
  readonly messageUser?: string;
  readonly messageUserEng?: string;
  readonly transactionId?: string;
  readonly response?: Readonly<Record<string, unknown>>;
  readonly payloadHttp?: string;
  readonly signature?: string;
}

export type IzipayCallback = (value?: unknown) => void;

/** What works on a form once it is ready. */
export interface IzipayFormEvents {
  open(): void;
  /** Takes the frame away; nobody is called back (*measured in the September 2025 build*). */
  close(emit?: boolean): void;
  response(): unknown;
  submit(): void;
}

export interface IzipayLoadOptions {
  readonly authorization: string;
  readonly keyRSA: string;
  readonly callbackResponse?: (response: IzipayResponse) => void;
}

/** An instance of the library. The `on…` methods come with `LoadForm`, and not for a redirect (*measured in the September 2025 build*). */
export interface IzipayCheckout {
  /** Resolves when the frame is set up; rejects, and never throws, for what it lacks (*measured in the September 2025 build*). */
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
