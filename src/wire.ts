import { object, schema, value, type Read } from './shape.js';

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

const outcomes: readonly unknown[] = ['paid', 'pending', 'declined'];

/** The outcome endpoint's answer: what the merchant's backend knows, whatever the page said. */
export const outcomeAnswer = schema(() =>
  object({ outcome: value<'paid' | 'pending' | 'declined'>((said) => outcomes.includes(said), 'should be paid, pending or declined') }),
);

export type ConfirmedOutcome = Read<typeof outcomeAnswer>['outcome'];
