import type { Schema } from './schema.js';

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

const outcomes = ['paid', 'pending', 'declined'] as const;

export type ConfirmedOutcome = (typeof outcomes)[number];

/**
 * The outcome endpoint's answer: what the merchant's backend knows, whatever the page said. Read by hand: it is all that the
 * checkout checks without a provider's adapter, which zod comes with.
 */
export const outcomeAnswer: Schema<{ readonly outcome: ConfirmedOutcome }> = {
  safeParse(input) {
    const said = (Object(input) as { outcome?: unknown }).outcome;
    const outcome = outcomes.find((one) => one === said);
    if (outcome) return { success: true, data: { outcome } };
    return { success: false, error: { issues: [{ path: ['outcome'], message: 'should be paid, pending or declined' }] } };
  },
};
