import type { ApiCall, ApiAccount } from './api.js';
import { refuseUnless, type Json } from './http.js';

/** By token, what was handed out with it, and the instant in ms at which it dies. */
export type Tokens<Given = unknown> = Map<string, Given & { readonly diesAt: number }>;

/**
 * The bearer that a call brings, and what it was given for.
 *
 * @throws {Refusal} 401 for one that is missing, malformed, unknown here or expired
 */
export function requireBearer<Given>({
  account,
  request,
}: ApiCall<ApiAccount & { readonly bearers: Tokens<Given> }>): readonly [string, Given] {
  const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  const bearer = account.bearers.get(token);
  refuseUnless(bearer && account.settings.now() < bearer.diesAt, 401, 'The bearer is missing, malformed or expired.');
  return [token, bearer];
}

/** Takes the token out of the hands of whoever brings it. None if it is unknown, spent or dead. */
export function spend<Given>(tokens: Tokens<Given>, token: string, now: number): Given | undefined {
  const given = tokens.get(token);
  tokens.delete(token);
  return given && now < given.diesAt ? given : undefined;
}

/** Looks like a JWT, and is signed by nobody. */
export function createWebToken(claims: Json): string {
  return [{ typ: 'JWT', alg: 'HS256' }, claims].map((part) => urlSafe(JSON.stringify(part))).join('.') + `.${secret(32)}`;
}

export function secret(bytes = 16): string {
  return urlSafe(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes))));
}

function urlSafe(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
