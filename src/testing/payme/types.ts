/** The states of a Pay-me transaction (documentation, "Estados"). */
export type FlexState =
  'REGISTRADO' | 'PENDIENTE' | 'AUTORIZADO' | 'DENEGADO' | 'INVALIDO' | 'CANCELADO' | 'EXPIRADO' | 'EXTORNADO' | 'LIQUIDADO' | 'DEPOSITADO';

/** A word that Pay-me's documentation does not have. A shop should treat it as undecided. */
export const unknownState = 'EN PROCESO';

/** The states that the stand-in plays. */
export type PlayedState = FlexState | typeof unknownState;

/** The states of a payment that was charged, even if it was reversed. */
export const chargedStates: readonly PlayedState[] = ['AUTORIZADO', 'LIQUIDADO', 'DEPOSITADO', 'EXTORNADO'];
/** The states after which the shopper may try another card in the same form. */
export const refusedStates: readonly PlayedState[] = ['DENEGADO', 'INVALIDO'];

export const flexMethods = ['CARD', 'YAPE', 'QR', 'BANK_TRANSFER', 'CUOTEALO', 'PAGOEFECTIVO'] as const;

export type FlexMethod = (typeof flexMethods)[number];

/** A time in Pay-me's format. */
export interface FlexDate {
  /** ISO 8601. */
  readonly utc_time: string;
  /** Seconds. */
  readonly unix_time: number;
}

export interface FlexStatus {
  readonly status: { readonly code: string; readonly message_ilgn: readonly { readonly locale: string; readonly value: string }[] };
}

export interface FlexTransaction {
  readonly transaction_id: string;
  readonly channel: string;
  readonly state: PlayedState;
  readonly state_reason: string;
  /** Minor units, as a string of digits. */
  readonly amount: string;
  /** ISO 4217, three digits. */
  readonly currency: string;
  readonly payment_method: { readonly method_name: string; readonly method_details?: Readonly<Record<string, unknown>> };
  /** Null once the payment is no longer pending. */
  readonly expiration_date: FlexDate | null;
  /** The page on which the shopper continues, while the payment is pending. */
  readonly continue_url?: string;
  readonly processor_response: Readonly<Record<string, unknown>> | null;
  readonly additional_fields: unknown;
  readonly lifecycle: readonly { readonly state: PlayedState; readonly date: FlexDate }[];
}

/** The report of the form and the response of `POST /charges` (documentation, "Respuesta"). */
export interface FlexResponse {
  /** Whether the call was processed, not whether the payment was approved. */
  readonly success: 'true' | 'false';
  readonly action: string;
  readonly merchant_code: string;
  readonly merchant_operation_number: string;
  readonly transaction: FlexTransaction;
  readonly meta: FlexStatus;
}

/** The options of the library that the stand-in reads. The constructor changes the object that it receives. */
export interface FlexOptions {
  nonce: string;
  payload: Record<string, unknown>;
  settings?: { display_result_screen?: boolean; show_close_button?: boolean; [key: string]: unknown };
  display_settings?: { methods?: readonly string[]; [key: string]: unknown };
  i18n?: { default_language?: string; default?: string; [key: string]: unknown };
}

export interface FlexPaymentForms {
  /**
   * @param target an element or a fragment, never an id
   * @param onResponse called 0, 1 or 2 times
   * @param onTracking never called (*measured in the March 2026 bundle*)
   * @param onError called by the close button only (*measured in the March 2026 bundle*)
   */
  init(
    target: Element | DocumentFragment,
    onResponse?: (response: FlexResponse) => void,
    onTracking?: (event: unknown) => void,
    onError?: (error: { message: string }) => void,
  ): void;
  terminate(): void;
}
