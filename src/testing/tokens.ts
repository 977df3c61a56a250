import type { ApiCall, ApiAccount } from './api.js';
import { refuseUnless, type Json } from './http.js';

/** What each token was issued for, and when it expires in ms since the epoch. */
export type Tokens<Grant = unknown> = Map<string, Grant & { readonly expiresAtMs: number }>;

/**
 * Returns the bearer of a call and what it was issued for.
 *
 * @throws {Refusal} 401 for a bearer that is missing, malformed, unknown or expired
 */
export function requireBearer<Grant>({
  account,
  request,
}: ApiCall<ApiAccount & { readonly bearers: Tokens<Grant> }>): readonly [string, Grant] {
  const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  const bearer = account.bearers.get(token);
  refuseUnless(bearer && account.settings.now() < bearer.expiresAtMs, 401, 'The bearer is missing, malformed or expired.');
  return [token, bearer];
}

/** Spends a token and returns what it was issued for, or `undefined` if it is unknown, spent or expired. */
export function spend<Grant>(tokens: Tokens<Grant>, token: string, now: number): Grant | undefined {
  const grant = tokens.get(token);
  tokens.delete(token);
  return grant && now < grant.expiresAtMs ? grant : undefined;
}

/** Creates a string in the form of a JWT, with a random signature. */
export function createWebToken(claims: Json): string {
  return [{ typ: 'JWT', alg: 'HS256' }, claims].map((part) => encodeBase64Url(JSON.stringify(part))).join('.') + `.${createSecret(32)}`;
}

export function createSecret(bytes = 16): string {
  return encodeBase64Url(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes))));
}

function encodeBase64Url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
