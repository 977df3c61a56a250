import { CheckoutError, getErrorName, isCheckoutError } from '../state/errors.js';
import { parseResponse } from './parse-response.js';
import { postJson, type PostInit } from './post-json.js';
import { sendRequest, type RequestFunction } from './send-request.js';
import type { Result } from '../state/state.js';
import { outcomeResponse, type OutcomeAnswer, type OutcomeRequest, type TokenRequest } from '../shared/endpoint-contract.js';

export interface ConfirmOptions {
  readonly endpoint: URL;
  readonly order: TokenRequest;
  readonly attempt: number;
  readonly result: Result;
  readonly credentials: RequestCredentials;
  readonly signal: AbortSignal;
  readonly requestOutcome?: RequestFunction;
  onTry?(n: number): void;
}

export interface Confirmation extends OutcomeAnswer {
  /** Why the backend gave no usable response. */
  readonly error?: CheckoutError;
}

/**
 * Requests the outcome of a reported payment from the merchant's backend.
 *
 * @returns `pending` with an error if there is no usable response. Money may have moved, so this is not a failure.
 */
export async function confirmOutcome(options: ConfirmOptions): Promise<Confirmation> {
  const { order, attempt, result, requestOutcome } = options;
  const { provider, reference, singleUseToken, raw } = result;
  const body: OutcomeRequest = { ...order, attempt, result: { provider, reference, singleUseToken, raw } };
  try {
    const send = (url: string, init: PostInit) => sendRequest(url, init, { ...order, attempt }, requestOutcome);
    const { json } = await postJson({ ...options, to: 'outcome', body, send, sentBy: requestOutcome && 'requestOutcome' });
    return parseResponse(outcomeResponse, json, 'outcome');
  } catch (error) {
    // What cannot be sent, such as a report with a cycle, or a response that is none. The error itself may quote the report.
    const wrap = () => new CheckoutError('outcome', 'shape', `The outcome endpoint cannot be asked: ${getErrorName(error)}.`);
    return { outcome: 'pending', error: isCheckoutError(error) ? error : wrap() };
  }
}
