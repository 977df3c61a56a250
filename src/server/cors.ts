/**
 * Creates a function that returns the CORS headers for a request. The endpoints' own origin needs no entry: browsers check
 * cross-origin requests only.
 *
 * @param origins such as `https://shop.example.com`; `*` allows any origin, but without cookies
 * @throws {TypeError} if an entry is not an origin as browsers send it
 */
export function createCors(origins: readonly string[]): (request: Request) => Record<string, string> {
  assertList(origins);
  origins.forEach(assertOrigin);
  return (request) => ({ Vary: 'Origin', ...allowOrigin(origins, request.headers.get('Origin')) });
}

function assertList(origins: unknown): void {
  if (Array.isArray(origins)) return;
  throw new TypeError(
    `createPayEndpoints: \`origins\` should be a list, such as ['https://shop.example.com'], but was a ${typeof origins}.`,
  );
}

function assertOrigin(entry: string): void {
  const origin = URL.canParse(entry) ? new URL(entry).origin : undefined;
  if (entry === '*' || entry === origin) return;
  throw new TypeError(
    `createPayEndpoints: \`origins\` should hold origins such as ${origin ?? 'https://shop.example.com'}, but has ${entry}.`,
  );
}

function allowOrigin(origins: readonly string[], origin: string | null): Record<string, string> {
  if (!origin) return {};
  const exposed = { 'Access-Control-Expose-Headers': 'Date, Retry-After' };
  if (origins.includes(origin)) {
    return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true', ...exposed };
  }
  return origins.includes('*') ? { 'Access-Control-Allow-Origin': '*', ...exposed } : {};
}

/** Responds to a preflight and allows every requested header, such as that of a CSRF token. Only the headers of `createCors` let an origin in. */
export function answerPreflight({ headers }: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      Allow: 'POST, OPTIONS',
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': headers.get('Access-Control-Request-Headers') ?? 'Content-Type',
      'Access-Control-Max-Age': '600',
    },
  });
}
