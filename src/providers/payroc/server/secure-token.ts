import * as z from 'zod/mini';
import type { Order } from '../../../server/order.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import type { ConfirmedOutcome } from '../../../shared/endpoint-contract.js';
import { bankTimeout, createPost, buildTerminalPath, type Account, type CallAuth } from './calls.js';

/** A card or account that Payroc stores for the merchant. */
export interface SecureToken {
  /** The merchant's own id for it, or Payroc's. */
  readonly secureTokenId: string;
  /** The token for later sales. */
  readonly token: string;
  /** The result of Payroc's check, such as `cvvValidated`. */
  readonly status: string;
}

const secureToken = z.lazy(() => z.object({ secureTokenId: z.string(), token: z.string(), status: z.string() }));

/**
 * Creates the call that converts a single-use token to a secure token, which does not expire: `POST …/secure-tokens`. With
 * `savedTokenId`, the call replaces that saved token: `POST …/update-account`. Both are in Payroc's OpenAPI and its own `payroc-sdk-js`.
 */
export function createSaveCall(
  account: Account,
  order: Order,
  savedTokenId: string | undefined,
  token: string,
  pass: CallAuth,
): UpstreamCall<SecureToken> {
  const source = { type: 'singleUseToken', token };
  const path = `${buildTerminalPath(account)}/secure-tokens`;
  if (savedTokenId === undefined) {
    const body = { ...order.extra, source };
    return {
      ...createPost(account, pass, { name: 'Payroc POST /secure-tokens', path, body, responseSchema: secureToken }),
      timeout: bankTimeout,
    };
  }
  const update = `${path}/${encodeURIComponent(savedTokenId)}/update-account`;
  const name = 'Payroc POST /update-account';
  return { ...createPost(account, pass, { name, path: update, body: source, responseSchema: secureToken }), timeout: bankTimeout };
}

/** Decides the outcome of a save. Payroc stores a card that failed its check too, but it cannot be charged. */
export function decideSaveOutcome({ status }: SecureToken): ConfirmedOutcome {
  return status === 'validationFailed' ? 'declined' : 'paid';
}
