import type { ServerContext, VerifiedOutcome } from '../../../server/provider.js';
import { createBearerGrant, type Account } from './calls.js';
import { deriveIdempotencyKey } from './idempotency-key.js';
import { findSavedTokenId, type Merchant } from './merchant.js';
import { createSaveCall, describeSave } from './secure-token.js';

/** Converts a single-use token to a saved card or account. No money moves. */
export async function saveToken(
  merchant: Merchant,
  account: Account,
  { order, send, withBearer }: ServerContext,
  token: string,
): Promise<VerifiedOutcome> {
  const [key, id] = [await deriveIdempotencyKey('save', order.reference, token), findSavedTokenId(merchant, account, order)];
  const run = (bearer: string) => send(createSaveCall(account, order, id, token, { bearer, key }));
  const saved = await withBearer(createBearerGrant(account), run);
  const described = describeSave(saved, account, order);
  const { secureTokenId, token: secureToken, status } = saved;
  if (described.outcome === 'saved') await merchant.onSecureToken?.({ secureTokenId, token: secureToken, status }, order);
  return described;
}
