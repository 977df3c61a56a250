import { JSON } from './natives.js';

/** Reads the claims of a token that is a JWT, without verifying its signature. Returns `{}` for other tokens. */
export function readJwtClaims(token: string): Readonly<Record<string, unknown>> {
  try {
    const [, claims = ''] = token.split('.');
    return Object(JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')))) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
