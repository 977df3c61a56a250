import { getCleanWindow } from '../shared/natives.js';

const platformFetch = globalThis.fetch;

/**
 * Sends a request by the page's `fetch`, which may be wrapped. If it returns no response, the platform's own `fetch` sends the request.
 *
 * @throws what `fetch` rejects with, as for a network error
 */
export async function fetchResponse(url: string, options: RequestInit): Promise<Response> {
  for (const getFetch of [() => globalThis.fetch, () => platformFetch, () => getCleanWindow().fetch]) {
    const response = await callFetch(getFetch(), url, options);
    if (isResponse(response)) return response;
  }
  throw new TypeError('No `fetch` returns a response.');
}

/** The platform's `fetch` never throws, but rejects. One that throws is a function of another kind. */
function callFetch(fetch: unknown, url: string, options: RequestInit): Promise<unknown> | undefined {
  try {
    return (fetch as typeof globalThis.fetch)(url, options);
  } catch {
    return undefined;
  }
}

/** Recognises a response by what we use: `Response` may be a class of the page's own. */
export function isResponse(value: unknown): value is Response {
  const { status, text } = Object(value) as Partial<Response>;
  return typeof status === 'number' && typeof text === 'function';
}
