import * as z from 'zod/mini';
import type { Order } from '../../../server/order.js';
import type { UpstreamCall } from '../../../server/upstream.js';
import { decideByRules, type OutcomeRule } from '../../../server/outcome-rules.js';
import type { VerifiedOutcome } from '../../../server/provider.js';
import { bankTimeout, createGet, createPost, buildTerminalPath, type Account, type CallAuth } from './calls.js';
import { dropMissing, readLastDigits } from './sale-details.js';
import { looseText } from './sale.js';

/** A card or account that Payroc stores for the merchant. */
export interface SecureToken {
  /** The merchant's own id for it, or Payroc's. */
  readonly secureTokenId: string;
  /** The token for later sales. */
  readonly token: string;
  /** The result of Payroc's check, such as `cvvValidated`. */
  readonly status: string;
}

const secureToken = z.lazy(() =>
  z.object({
    secureTokenId: z.string(),
    token: z.string(),
    status: z.string(),
    source: z.catch(z.optional(z.object({ cardNumber: looseText(), accountNumber: looseText() })), undefined),
  }),
);

/** The response to a save. */
type SaveResponse = z.infer<typeof secureToken>;

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
): UpstreamCall<SaveResponse> {
  const source = { type: 'singleUseToken', token };
  const path = `${buildTerminalPath(account)}/secure-tokens`;
  if (savedTokenId === undefined) {
    const body = { ...requireAgreement(account, order), ...order.extra, source };
    return {
      ...createPost(account, pass, { name: 'Payroc POST /secure-tokens', path, body, responseSchema: secureToken }),
      timeout: bankTimeout,
    };
  }
  const update = `${path}/${encodeURIComponent(savedTokenId)}/update-account`;
  const name = 'Payroc POST /update-account';
  return { ...createPost(account, pass, { name, path: update, body: source, responseSchema: secureToken }), timeout: bankTimeout };
}

/** A guide of Payroc's wants `mitAgreement` for the single-use token of a card. */
function requireAgreement({ form }: Account, { save }: Order) {
  return form === 'card' && save === 'only' ? { mitAgreement: 'unscheduled' } : {};
}

/** Creates the call that requests a saved card or account: `GET …/secure-tokens/{secureTokenId}`. */
export function createSavedCall(account: Account, secureTokenId: string, bearer: string): UpstreamCall<SaveResponse> {
  const path = `${buildTerminalPath(account)}/secure-tokens/${encodeURIComponent(secureTokenId)}`;
  return createGet(account, bearer, { name: 'Payroc GET /secure-tokens/{id}', path, responseSchema: secureToken });
}

const usable = ['notValidated', 'cvvValidated', 'issueNumberValidated', 'cardNumberValidated', 'bankAccountValidated'];

/** How the status of a stored card or account decides the outcome. Payroc stores a card that failed its check too, but it cannot be charged. */
export const saveRules: readonly OutcomeRule<Pick<SecureToken, 'status'>>[] = [
  {
    words: `a secure token with status ${usable.map((status) => `\`${status}\``).join(', ')}`,
    matches: ({ status }) => usable.includes(status),
    outcome: 'saved',
  },
  { words: 'a secure token with status `validationFailed`', matches: ({ status }) => status === 'validationFailed', outcome: 'declined' },
];

/** Describes a save and, if it succeeded, the saved card or account. */
export function describeSave(saved: SaveResponse, { form }: Account, { amount, currency }: Order): VerifiedOutcome {
  const { secureTokenId: id, token, source } = saved;
  const decided = decideByRules(saveRules, saved);
  const last4 = dropMissing({ last4: readLastDigits(source?.cardNumber ?? source?.accountNumber) });
  return {
    ...decided,
    reference: id,
    numbers: { id, form, amount, currency, save: 'only' },
    details: { method: form.toUpperCase(), ...last4 },
    ...(decided.outcome === 'saved' && { savedCard: { token, id, ...last4, numbers: { form } } }),
  };
}
