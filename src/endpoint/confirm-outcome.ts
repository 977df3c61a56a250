import { CheckoutError, isCheckoutError } from '../state/errors.js';
import { postJson } from './post-json.js';
import type { Result } from '../state/state.js';
import { outcomeResponse, type ConfirmedOutcome, type OutcomeRequest, type TokenRequest } from '../shared/endpoint-contract.js';

export interface ConfirmOptions {
  readonly endpoint: URL;
  readonly order: TokenRequest;
  readonly attempt: number;
  readonly result: Result;
  readonly credentials: RequestCredentials;
  readonly signal: AbortSignal;
  onTry?(n: number): void;
}

export interface Confirmation {
  readonly outcome: ConfirmedOutcome;
  /** Why the backend could not say. */
  readonly error?: CheckoutError;
}

/**
 * Has the merchant's backend confirm what the provider reported.
 *
 * @returns `pending`, with the error, where no usable answer came: money may have moved, so it is never called a failure
 */
export async function confirmOutcome(options: ConfirmOptions): Promise<Confirmation> {
  const { endpoint, order, attempt, result, credentials, signal, onTry } = options;
  const { provider, reference, singleUseToken, raw } = result;
  const body: OutcomeRequest = { ...order, attempt, result: { provider, reference, singleUseToken, raw } };
  try {
    const { json } = await postJson({
      name: 'outcome endpoint',
      endpoint,
      body,
      credentials,
      signal,
      send: (request) => fetch(request),
      onTry,
    });
    const answer = outcomeResponse.safeParse(json);
    if (answer.success) return answer.data;
    throw new CheckoutError(
      'token',
      'shape',
      'The outcome endpoint should answer {"outcome": "paid" | "pending" | "declined"}, but what came was something else.',
    );
  } catch (error) {
    return isCheckoutError(error) ? { outcome: 'pending', error } : { outcome: 'pending' };
  }
}
