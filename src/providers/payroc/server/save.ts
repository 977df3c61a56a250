import * as z from 'zod/mini';
import type { Order } from '../../../server/order.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import type { ConfirmedOutcome } from '../../../shared/endpoint-contract.js';
import { bankTime, post, terminalPath, type Account, type Pass } from './calls.js';

/** A card or an account that Payroc keeps for the merchant. */
export interface SecureToken {
  /** The merchant's name for it, or the one that Payroc gave it. */
  readonly secureTokenId: string;
  /** What later sales are made with. */
  readonly token: string;
  /** What Payroc found when it looked at it, such as `cvvValidated`. */
  readonly status: string;
}

const secureToken = z.lazy(() => z.object({ secureTokenId: z.string(), token: z.string(), status: z.string() }));

/**
 * Turns a single-use token into a secure one, which does not expire: `POST …/secure-tokens`; or puts it in the place of a saved
 * one: `POST …/update-account` (both in Payroc's OpenAPI and its own `payroc-sdk-js`).
 */
export function saveCall(
  account: Account,
  order: Order,
  savedAs: string | undefined,
  token: string,
  pass: Pass,
): UpstreamCall<SecureToken> {
  const source = { type: 'singleUseToken', token };
  const path = `${terminalPath(account)}/secure-tokens`;
  if (savedAs === undefined) {
    const body = { ...order.extra, source };
    return { ...post(account, pass, { name: 'Payroc POST /secure-tokens', path, body, answer: secureToken }), patience: bankTime };
  }
  const update = `${path}/${encodeURIComponent(savedAs)}/update-account`;
  const name = 'Payroc POST /update-account';
  return { ...post(account, pass, { name, path: update, body: source, answer: secureToken }), patience: bankTime };
}

/** A card that failed its check is kept by Payroc, but good for nothing. */
export function outcomeOfSave({ status }: SecureToken): ConfirmedOutcome {
  return status === 'validationFailed' ? 'declined' : 'paid';
}
