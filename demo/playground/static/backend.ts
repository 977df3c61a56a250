import type { Hono } from 'hono';
import { createBackend } from '../../backend.js';
import { chosenHere } from '../../stand-ins.js';

/**
 * Runs the merchant's backend and the providers' APIs in this page. Requests to one of `places` never reach the network.
 *
 * @param places the URL of each place on this page, by its path at the backend
 */
export function answerHere(places: Readonly<Record<string, string>>): void {
  const { app, setFault } = createBackend({
    // The page loads the library from a file.
    library: () => Promise.reject(new Error('This page loads no library from the backend.')),
    onError: (error) => console.error(error),
    // The only visitor is this browser, so no cookie is needed.
    visitorOf: () => 'visitor',
  });
  const { provider, name } = chosenHere();
  setFault(provider, name);
  const toNetwork = window.fetch;
  window.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, document.baseURI).href;
    const [path, folder] = Object.entries(places).find(([, one]) => url.startsWith(one)) ?? [];
    if (path === undefined || folder === undefined) return toNetwork(input, init);
    return answer(app, `https://backend.invalid${path}${url.slice(folder.length)}`, new Request(input, init));
  };
}

async function answer(app: Hono, url: string, request: Request): Promise<Response> {
  const { method, headers, signal } = request;
  const body = method === 'GET' ? undefined : await request.text();
  const answered = await app.fetch(new Request(url, { method, headers, signal, body }));
  // Like `fetch`, rejects if the caller has aborted the request.
  signal.throwIfAborted();
  return answered;
}
