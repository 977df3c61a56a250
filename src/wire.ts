import * as z from 'zod/mini';

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

/** The outcome endpoint's answer: what the merchant's backend knows, whatever the page said. */
export const outcomeAnswer = z.lazy(() => z.object({ outcome: z.enum(['paid', 'pending', 'declined']) }));

export type ConfirmedOutcome = z.infer<typeof outcomeAnswer>['outcome'];
