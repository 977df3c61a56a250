/** The options of the library that the stand-in reads. */
export interface HostedFieldsOptions {
  readonly sessionToken: string;
  readonly mode: 'payment' | 'tokenization';
  /** Exactly one of `card`, `ach` and `pad`. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, FieldOptions>>>>;
  readonly styles?: { readonly disableDefaultStyles?: boolean; readonly css?: Css };
  readonly onPreSubmit?: () => boolean | PromiseLike<boolean>;
  /** Undocumented: `en`, `es` or `fr` (*read in 1.7.0*). The stand-in has no French. */
  readonly locale?: string;
}

export interface FieldOptions {
  readonly target: string;
  readonly errorTarget?: string;
  readonly placeholder?: string;
  readonly wrapperTarget?: string | false;
  readonly value?: string;
}

export type Css = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface HostedFieldsError {
  readonly type: 'config' | 'init' | 'field' | 'submission';
  readonly field?: string;
  readonly message?: string;
}

/** All events of the library (*read in 1.7.0*). */
export interface HostedFieldsEvents {
  submissionSuccess: { token: string; expiresAt: string };
  error: HostedFieldsError;
  /** Without a `validationError`, the field is valid. */
  fieldValidityChange: { field: string; validationError?: string };
  surchargingAllowed: { percentage: number; disclosure: string };
  surchargingNotAllowed: undefined;
}

export interface Frame {
  readonly field: string;
  readonly url: string;
  element: HTMLIFrameElement;
  ready?: true;
}

/** A message between the page and an iframe. */
export interface Message {
  readonly id: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface HostedFieldsInstance {
  /** Resolves when the iframes are appended, also after an error. Rejects only if a listener throws on a config error (*measured on 1.7.0*). */
  initialize(): Promise<void>;
  on<Name extends keyof HostedFieldsEvents>(event: Name, callback: (payload: HostedFieldsEvents[Name]) => void): void;
  /** Removes only the message listener (*measured on 1.7.0*). */
  destroy(): void;
  /** Internal. Starts the submission, as the button's iframe does. */
  submitInitiated(): void;
  readonly libVersion: string;
  readonly iframes: readonly Frame[];
  readonly eventEmitter: { removeListener(event: string, callback: (payload: never) => void): void };
}

export interface HostedFieldsConstructor {
  new (options: HostedFieldsOptions): HostedFieldsInstance;
}
