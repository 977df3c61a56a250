import { asText, json, refuseUnless, type Json } from '../http.js';
import { requireBearer } from '../tokens.js';
import { requireTerminal, type Account, type Call, type SavedSource, type SingleUse } from './account.js';
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

/** `GET /v1/processing-terminals/{id}/secure-tokens/{secureTokenId}`. */
export function readToken(call: Call): Json {
  const [terminal, name = ''] = call.path;
  requireBearer(call);
  requireTerminal(call, terminal);
  const saved = call.account.saved.get(name);
  refuseUnless(saved, 404, 'There is no such secure token.');
  return describeToken(call.account, name, saved);
}

/** @throws {Refusal} 400 for a token that is unknown or of another kind of payment; the real response is not published */
export function findSavedSource({ account }: Call, token: unknown, isBank: boolean): SingleUse {
  const saved = [...account.saved.values()].find((one) => one.token === token);
  refuseUnless(saved?.source.isBank === isBank && saved, 400, 'The secure token is unknown, or for another kind of payment.');
  return saved.source;
}

function answerToken(account: Account, secureTokenId: string, single: SingleUse, status: number): Response {
  storeToken(account, secureTokenId, single);
  return json(describeToken(account, secureTokenId, account.saved.get(secureTokenId) as SavedSource), status);
}

function describeToken({ settings }: Account, secureTokenId: string, { token, status, source: single }: SavedSource): Json {
  const { processingTerminalId } = settings;
  const number = single.details.maskedNumber;
  const source = single.isBank ? { type: 'ach', accountNumber: number } : { type: 'card', cardNumber: number };
  return { secureTokenId, token, status, processingTerminalId, source };
}

/** Stores a card or account, also one that fails its check. */
export function storeToken(account: Account, secureTokenId: string, source: SingleUse): Json {
  const { details, isBank } = source;
  const token = `296753${Math.floor(Math.random() * 1e12)}`;
  const checked = isBank ? 'bankAccountValidated' : 'cvvValidated';
  const status = details.behaviour === 'declined' ? 'validationFailed' : checked;
  account.saved.set(secureTokenId, { token, status, source });
  return { secureTokenId, token, status };
}

export function createTokenId(requested: unknown): string {
  return asText(requested) || `MREF_${createRandomHex(16)}`;
}
