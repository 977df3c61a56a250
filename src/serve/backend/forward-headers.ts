/** What every shop receives: its session is in a cookie, and may be bound to the browser. A trace continues without our own part of it. */
const always = ['cookie', 'user-agent', 'accept-language', 'traceparent', 'tracestate'];

/**
 * Creates the function that selects the headers of a shopper's request for the shop's backend.
 *
 * @param names further headers that the merchant chose
 * @param findVisitor returns the visitor's address
 */
export function createHeaderForwarder(names: readonly string[], findVisitor: (request: Request) => string | undefined) {
  const forwarded = [...new Set([...always, ...names.map((name) => name.toLowerCase())])];
  return (request: Request): Headers => {
    const found = forwarded.map((name) => [name, request.headers.get(name)] as const);
    const headers = new Headers(found.filter((entry): entry is [string, string] => entry[1] !== null));
    const visitor = findVisitor(request);
    if (visitor !== undefined) headers.set('X-Forwarded-For', visitor);
    return headers;
  };
}
