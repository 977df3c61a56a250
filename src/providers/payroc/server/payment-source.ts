import type { Order } from '../../../server/order.js';
import type { SavedCard } from '../../../server/payment.js';
import { deriveIdempotencyKey } from './idempotency-key.js';
import type { PayrocForm } from '../contract.js';

/** What a sale charges: the single-use token of a form, or a saved card. */
export interface PaymentSource {
  /** Stands for the source in the sale's `order.orderId`. */
  readonly id: string;
  /** `paymentMethod` of the sale. */
  readonly paymentMethod: Readonly<Record<string, string>>;
  /** Further fields of `order` of the sale, which the merchant's `extra` may replace. */
  readonly order?: object;
  /** Whether the sale can store the card. */
  readonly canBeSaved: boolean;
  /** Whether the source still charges after Payroc has forgotten the sale's `Idempotency-Key`. */
  readonly isReusable: boolean;
  /** How often the caller requests the same sale again after a problem of ours, the first request included. */
  readonly requests: number;
  /** Derives the `Idempotency-Key` of the sale. */
  deriveKey(order: Order): Promise<string>;
}

export function createSingleUseSource(token: string): PaymentSource {
  return {
    id: token,
    paymentMethod: { type: 'singleUseToken', token },
    canBeSaved: true,
    isReusable: false,
    requests: 2,
    deriveKey: ({ reference }) => deriveIdempotencyKey(reference, token),
  };
}

/**
 * Creates the source of a charge without the shopper. The merchant's key has the part of a single-use token: one key is one sale. Its id has
 * a space, which no single-use token has, so that no page can name it. The `Idempotency-Key` is the same for every order, so that Payroc
 * refuses the key for a second order.
 */
export function createSavedSource({ token, numbers = {} }: SavedCard, key: string, form: PayrocForm): PaymentSource {
  return {
    id: `charge ${key}`,
    paymentMethod: { type: 'secureToken', token },
    // Only the order of a card payment has `standingInstructions`.
    ...(form === 'card' && { order: { standingInstructions: createStandingInstructions(numbers) } }),
    canBeSaved: false,
    isReusable: true,
    requests: 1,
    deriveKey: () => deriveIdempotencyKey('charge', key),
  };
}

/** Describes a charge that the merchant initiates (documentation, `order.standingInstructions`). */
function createStandingInstructions({ paymentId, cardSchemeReferenceId }: NonNullable<SavedCard['numbers']>) {
  const first = { ...(paymentId && { paymentId }), ...(cardSchemeReferenceId && { cardSchemeReferenceId }) };
  const referenceDataOfFirstTxn = Object.keys(first).length > 0 && first;
  return { sequence: 'subsequent', processingModel: 'unscheduled', ...(referenceDataOfFirstTxn && { referenceDataOfFirstTxn }) };
}
