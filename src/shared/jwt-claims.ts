/** What a token says of itself if it is a JWT, which nobody here can verify; else nothing. */
export function readJwtClaims(token: string): Readonly<Record<string, unknown>> {
  try {
    const [, claims = ''] = token.split('.');
    return Object(JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')))) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
