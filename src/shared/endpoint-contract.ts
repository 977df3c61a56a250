import { isRecord, type Schema } from './schema.js';
import { readShopperMessage } from './shopper-message.js';
import { enumOf, lazySchema, looseObject, transform } from './zod-schemas.js';

/** The body that the element posts to the token endpoint. */
export interface TokenRequest {
  readonly provider: string;
  readonly environment: string;
  readonly order?: string;
  /** Another provider may follow, so the endpoint may answer at once that this one is down. In requests for a token only. */
  readonly fallback?: true;
}

/** The body that the element posts to the outcome endpoint. */
export interface OutcomeRequest extends TokenRequest {
  readonly attempt: number;
  readonly result: { readonly provider: string; readonly reference?: string; readonly singleUseToken?: string; readonly raw: unknown };
}

/** How far a payment that succeeded went: the amount was charged, it is held, or a card was stored without a charge. */
export type SettledOutcome = 'paid' | 'authorized' | 'saved';

export type ConfirmedOutcome = SettledOutcome | 'pending' | 'declined';

/** What a shopper needs to complete a pending payment. */
export interface Instructions {
  /** The payment code of PagoEfectivo. */
  readonly cip?: string;
  readonly cipUrl?: string;
  /** A `data:` URL with the QR code. */
  readonly qrImage?: string;
  /** The page on which the shopper continues. */
  readonly continueUrl?: string;
  /** ISO 8601 with its offset. */
  readonly expiresAt?: string;
}

/** The JSON with which the outcome endpoint answers; the token endpoint too, for an order that needs no payment now. */
export interface OutcomeAnswer {
  readonly outcome: ConfirmedOutcome;
  /** With `declined`: the money was charged and has been returned. The order may be paid again. */
  readonly reason?: 'returned';
  /** With `pending`. */
  readonly instructions?: Instructions;
  /** A sentence in the shopper's language, which the element shows in place of its own. */
  readonly shopperMessage?: string;
}

/** The token endpoint's answer for an order that needs no payment now. */
export interface SettledAnswer extends OutcomeAnswer {
  readonly outcome: SettledOutcome | 'pending';
}

const settledOutcomes = ['paid', 'authorized', 'saved', 'pending'] as const;

/** Reads the token endpoint's answer for an order that needs no payment now. */
export const settledResponse: Schema<SettledAnswer> = createAnswerSchema(settledOutcomes);

/** Reads the outcome endpoint's response: what the merchant's backend knows about the payment, whatever the page reported. */
export const outcomeResponse: Schema<OutcomeAnswer> = createAnswerSchema([...settledOutcomes, 'declined']);

/** The fields beside `outcome` are details: a wrong one must not turn the whole answer into an error, so it is dropped. */
function createAnswerSchema<Outcome>(outcomes: readonly Outcome[]) {
  return transform(
    lazySchema(() => looseObject({ outcome: enumOf(outcomes) })),
    ({ outcome, reason, instructions, shopperMessage }) => ({
      outcome,
      ...(reason === 'returned' && { reason: 'returned' as const }),
      ...readInstructions(instructions),
      ...readShopperMessage(shopperMessage),
    }),
  );
}

function readInstructions(value: unknown): { instructions?: Instructions } {
  const texts = isRecord(value) ? Object.entries(value).filter(([, text]) => typeof text === 'string') : [];
  return texts.length > 0 ? { instructions: Object.freeze(Object.fromEntries(texts)) } : {};
}
