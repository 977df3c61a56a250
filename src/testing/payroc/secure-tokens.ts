import { asText, json, refuseUnless, type Json } from '../http.js';
import { requireBearer } from '../tokens.js';
import { requireTerminal, type Account, type Call, type SingleUse } from './account.js';
import { createRandomHex } from './gateway.js';
import { spendSingleUseToken } from './single-use-tokens.js';

/** `POST /v1/processing-terminals/{id}/secure-tokens`. */
export function saveToken(call: Call): Response {
  requireBearer(call);
  requireTerminal(call, call.path[0]);
  const source = spendSingleUseToken(call, call.body.source);
  return answerToken(call.account, createTokenId(call.body.secureTokenId), source, 201);
}

/** `POST /v1/processing-terminals/{id}/secure-tokens/{secureTokenId}/update-account`. */
export function updateToken(call: Call): Response {
  const [terminal, name = ''] = call.path;
  requireBearer(call);
  requireTerminal(call, terminal);
  refuseUnless(call.account.saved.has(name), 404, 'There is no such secure token.');
  return answerToken(call.account, name, spendSingleUseToken(call, call.body), 200);
}

function answerToken(account: Account, secureTokenId: string, single: SingleUse, status: number): Response {
  const { processingTerminalId } = account.settings;
  const number = single.details.maskedNumber;
  const source = single.isBank ? { type: 'ach', accountNumber: number } : { type: 'card', cardNumber: number };
  return json({ ...storeToken(account, secureTokenId, single), processingTerminalId, source }, status);
}

/** Stores a card or account, also one that fails its check. */
export function storeToken(account: Account, secureTokenId: string, { details, isBank }: SingleUse): Json {
  const token = `296753${Math.floor(Math.random() * 1e12)}`;
  account.saved.set(secureTokenId, token);
  const checked = isBank ? 'bankAccountValidated' : 'cvvValidated';
  return { secureTokenId, token, status: details.behaviour === 'declined' ? 'validationFailed' : checked };
}

export function createTokenId(requested: unknown): string {
  return asText(requested) || `MREF_${createRandomHex(16)}`;
}
