import { object, enumOf, lazySchema } from './zod-schemas.js';

/** The body that the element posts to the token endpoint. */
export interface TokenRequest {
  readonly provider: string;
  readonly environment: string;
  readonly order?: string;
}

/** The body that the element posts to the outcome endpoint. */
export interface OutcomeRequest extends TokenRequest {
  readonly attempt: number;
  readonly result: { readonly provider: string; readonly reference?: string; readonly singleUseToken?: string; readonly raw: unknown };
}

export type ConfirmedOutcome = 'paid' | 'pending' | 'declined';

/** The outcome endpoint's response: what the merchant's backend knows about the payment, whatever the page reported. */
export const outcomeResponse = lazySchema(() => object({ outcome: enumOf<ConfirmedOutcome>(['paid', 'pending', 'declined']) }));
